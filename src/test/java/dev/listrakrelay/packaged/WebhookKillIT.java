package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Guarantees, Webhooks in: a webhook that got 200 reaches its third party through kills, and a full event spool refuses
 * no webhook.
 */
@Tag("faults")
class WebhookKillIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(WebhookKillIT.class);
    private static final int PER_SECOND = 500;
    private static final int KILLS = Integer.getInteger("relay.webhook-kills", 2);
    private static final int BETWEEN_KILLS = 1_500;
    private static final String FULL = "2M";

    private FakeThirdParty thirdParty;

    @BeforeEach
    void openThirdParty() {
        thirdParty = new FakeThirdParty();
        relay.with("WEBHOOK_ORDERS_SECRET", WebhookSender.SECRET)
                .with("WEBHOOK_ORDERS_FORWARD_URL", thirdParty.url())
                .with("WEBHOOK_ORDERS_ALLOW_PRIVATE", "true");
    }

    @AfterEach
    void closeThirdParty() {
        thirdParty.close();
    }

    @Test
    void aKillUnderLoadLosesNoWebhookThatGotIts200() {
        // given
        relay.start();

        // when
        try (WebhookSender sender = new WebhookSender(relay).start(PER_SECOND)) {
            for (int kill = 1; kill <= KILLS; kill++) {
                int moment = kill * BETWEEN_KILLS;
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> sender.acknowledged().size() >= moment);
                relay.kill9();
                thirdParty.killed();
                relay.start();
            }
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> sender.acknowledged().size() >= (KILLS + 1) * BETWEEN_KILLS);
            sender.stop();
            awaitNothingPending(Duration.ofMinutes(2));

            // then
            Set<String> lost = new TreeSet<>(sender.acknowledged());
            lost.removeAll(thirdParty.arrived());
            LOG.infof(
                    "%d webhooks sent, %d got 200, %d arrived, %d lost, %d duplicates, %d kills",
                    sender.sent(),
                    sender.acknowledged().size(),
                    thirdParty.arrived().size(),
                    lost.size(),
                    thirdParty.duplicates(),
                    KILLS);
            assertThat(sender.acknowledged().size(), greaterThan(BETWEEN_KILLS));
            assertThat(lost, empty());
            assertThat("twice though settled", thirdParty.unexplainedDuplicates(), empty());
        }
    }

    @Test
    void whileEventsFindNoRoomEveryWebhookGetsIts200() {
        // given a Listrak that accepts nothing, and a full spool for events
        listrak.answer(503);
        relay.with("SPOOL_MAX_BYTES", FULL).start();
        try (Callers callers = new Callers(relay, 8).postUntilStopped(1);
                WebhookSender sender = new WebhookSender(relay)) {
            awaitRefused(Duration.ofMinutes(1));

            // when
            sender.start(PER_SECOND / 5);
            await().atMost(Duration.ofMinutes(2)).until(() -> sender.sent() >= 1_000);
            sender.stop();
            callers.stop();

            // then
            LOG.infof(
                    "%d webhooks sent at the cap, %d got 200, %d another answer, p99 %d ms",
                    sender.sent(), sender.acknowledged().size(), sender.refused(), sender.p99Millis());
            assertThat(sender.refused(), lessThanOrEqualTo(0));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> thirdParty.arrived().containsAll(sender.acknowledged()));
        }
    }
}
