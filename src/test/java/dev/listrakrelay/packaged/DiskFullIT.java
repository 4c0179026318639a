package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guarantees, Delivery 2, 3 and 6: a full disk delays events and loses none. An alert says that it fills. Needs root. */
@Tag("faults")
class DiskFullIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(DiskFullIT.class);
    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final String ALERT = "ListrakRelayDiskFilling";
    private static final long DISK_BYTES = 32 << 20;
    private static final int SOME_EVENTS = 1_000;
    private static final int CONNECTIONS = 8;

    private SmallDisk disk;

    @BeforeEach
    void mount() {
        Machine.assumeRoot();
        disk = SmallDisk.inMemory(folder.resolve("disk"), (int) (DISK_BYTES >> 20));
        relay.with("SPOOL_DIR", disk.root().resolve("spool").toString());
    }

    @AfterEach
    void unmount() {
        if (disk != null) {
            relay.close();
            disk.close();
        }
    }

    @Test
    void aFullDiskIsAnsweredWith503AndAllContinuesWhenThereIsSpaceAgain() throws IOException {
        // given
        relay.start();
        try (Callers callers = new Callers(relay, CONNECTIONS).postUntilStopped(5)) {
            await().atMost(BOUND).until(() -> callers.count() > SOME_EVENTS);

            // when
            disk.fill();
            HttpResponse<String> refused = awaitRefused(BOUND);
            await().atMost(BOUND).until(() -> !relay.isReady());
            int whenFull = callers.count();
            disk.free();
            await().atMost(BOUND).until(() -> callers.count() > whenFull + SOME_EVENTS);
            callers.stop();
            callers.join();
            awaitNothingPending(BOUND);

            // then
            LOG.infof(
                    "full after %d events, %d requests posted again, %d lost, %d duplicates",
                    whenFull, callers.repeated(), lost(callers.acknowledged()).size(), duplicates());
            assertThat(refused.statusCode(), is(503));
            assertThat(refused.headers().firstValue("Retry-After").orElse("").isEmpty(), is(false));
            assertThat(callers.repeated(), greaterThan(0));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat(duplicates(), is(0));
            assertThat(relay.isReady(), is(true));
        }
    }

    @Test
    void aDiskWithLessThanATenthLeftIsToldOnceAndOnceMoreWhenThereIsRoomAgain() {
        // given
        try (OnCall onCall = new OnCall()) {
            onCall.alertedBy(relay).start();

            // when
            disk.fillExcept(DISK_BYTES / 12);
            onCall.awaitStates(ALERT, "raised");
            disk.free();

            // then
            onCall.awaitStates(ALERT, "raised", "resolved");
        }
    }
}
