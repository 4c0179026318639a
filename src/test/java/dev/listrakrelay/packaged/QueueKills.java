package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/**
 * Kills the relay, the broker of its source, and both, in turn, while events arrive.
 *
 * <p>The guarantee is tested with {@code -Drelay.queue-events=50000}.
 */
final class QueueKills {

    static final int EVENTS = Integer.getInteger("relay.queue-events", 5_000);
    static final int KILLS = Integer.getInteger("relay.queue-kills", 3);

    private QueueKills() {}

    /** Kills at regular intervals while events arrive, and starts the killed processes again. */
    static void whileArriving(FakeListrak listrak, PackagedRelay relay, Broker broker) {
        for (int kill = 0; kill < KILLS; kill++) {
            int moment = (kill + 1) * EVENTS / (KILLS + 1);
            await().atMost(Duration.ofMinutes(2).plusSeconds(EVENTS / 200))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> listrak.orderIds().size() >= moment);
            if (kill % 3 != 1) {
                relay.kill9();
            }
            if (kill % 3 != 0) {
                broker.kill9();
                broker.start();
            }
            if (kill % 3 != 1) {
                relay.start();
            }
        }
    }
}
