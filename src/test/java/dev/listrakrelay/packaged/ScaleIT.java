package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Under load, the relay is scaled from one replica to three and back to one, without loss or duplicates. */
class ScaleIT extends KafkaSpoolPackagedTest {

    private static final Logger LOG = Logger.getLogger(ScaleIT.class);
    private static final int CONNECTIONS = 4;

    /** Slows the callers down, so that one replica delivers faster than they post. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final int STEP = Integer.getInteger("relay.scale-events", 2_000);

    /** One lane for each of the three replicas, and few enough that each lane has contacts. */
    @Override
    int lanes() {
        return 3;
    }

    @Test
    void fromOneToThreeAndBackNothingIsLostOrSentTwiceAndTheOrderIsKept() {
        // given
        List<PackagedRelay> serving = new CopyOnWriteArrayList<>(started(1));
        List<Integer> exitCodes = new ArrayList<>();

        // when
        try (Callers callers = new Callers(serving, CONNECTIONS).pausing(PAUSE).postUntilStopped(21)) {
            awaitMore(callers);
            for (int replicas = 1; replicas < 3; replicas++) {
                PackagedRelay added = started(1).get(0);
                serving.add(added);
                LOG.infof("%d replicas at %d events", serving.size(), callers.count());
                await("the new one delivers, too")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> added.metric("listrak_relay_delivered_total") > 0);
                awaitMore(callers);
            }
            List<Long> shares = serving.stream()
                    .map(relay -> relay.metric("listrak_relay_delivered_total"))
                    .toList();
            while (serving.size() > 1) {
                // stop it while callers still post to it, as Kubernetes does until all proxies know
                PackagedRelay leaving = serving.get(0).sigterm();
                exitCodes.add(leaving.awaitExit());
                LOG.infof("one left at %d events", callers.count());
                serving.remove(leaving);
                awaitMore(callers);
            }
            LOG.infof("%d replicas at %d events", serving.size(), callers.count());
            callers.stop();
            callers.join();
            awaitDelivered(callers.acknowledged(), Duration.ofMinutes(1).plusMillis(4L * callers.count()));
            await().atMost(Duration.ofMinutes(1)).until(() -> sum(serving, "listrak_relay_pending") == 0);

            // then
            LOG.infof(
                    "%d events acknowledged, %d requests posted again, delivered by each %s, exit codes %s, %d lost,"
                            + " %d duplicates",
                    callers.count(),
                    callers.repeated(),
                    shares,
                    exitCodes,
                    lost(callers.acknowledged()).size(),
                    duplicates());
            assertThat(exitCodes, everyItem(is(0)));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat(duplicates(), is(0));
            awaitBooks(serving, callers, Duration.ofMinutes(1));
        }
    }

    private static void awaitMore(Callers callers) {
        int target = callers.count() + STEP;
        await().atMost(Duration.ofMinutes(1)).until(() -> callers.count() >= target);
    }
}
