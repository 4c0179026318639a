package dev.listrakrelay.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/** Lets something be said once a minute at most, so that whoever knocks at the door can't fill the disk with log lines. */
@ApplicationScoped
public class Seldom {

    private static final Duration PACE = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Count> counts = new HashMap<>();

    private record Count(Instant said, long since) {}

    Seldom(Clock clock) {
        this.clock = clock;
    }

    /** @param say is given how often it was called since it was said last, this time too */
    synchronized void ifDue(String about, LongConsumer say) {
        Instant now = clock.instant();
        Count count = counts.getOrDefault(about, new Count(Instant.EPOCH, 0));
        if (now.isBefore(count.said().plus(PACE))) {
            counts.put(about, new Count(count.said(), count.since() + 1));
        } else {
            counts.put(about, new Count(now, 0));
            say.accept(count.since() + 1);
        }
    }
}
