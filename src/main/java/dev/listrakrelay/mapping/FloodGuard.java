package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.DeliveryConfig;
import dev.listrakrelay.spool.Event;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Limits how many events of a contact are sent in an hour, so that one contact can't hold up its lane. The hour begins with the
 * contact's first event. It counts in memory, for the 20,000 contacts that sent events last: a contact that floods its lane is
 * always among them.
 */
@ApplicationScoped
public class FloodGuard {

    private static final int MOST_CONTACTS = 20_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Optional<Long> limit;
    private final Clock clock;

    /** By account and contact; the contact that sent an event last is the last one. */
    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST_CONTACTS;
        }
    };

    /** @param lastSeq the last event that was counted; a contact's events come in order, so an earlier one comes again */
    private record Count(Instant since, long events, long lastSeq) {

        boolean isOver(Instant now) {
            return now.isBefore(since) || !now.isBefore(since.plus(HOUR));
        }
    }

    @Inject
    FloodGuard(DeliveryConfig config, Clock clock) {
        this(config.maxContactEventsPerHour(), clock);
    }

    FloodGuard(Optional<Long> limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** Counts an event that an account is to get; returns whether its contact has sent too many in this hour. */
    boolean isFlood(String account, Event event) {
        return limit.isPresent() && count(account + " " + event.contact(), event.seq()) > limit.get();
    }

    private synchronized long count(String contact, long seq) {
        Instant now = clock.instant();
        Count before = counts.get(contact);
        if (before != null && seq <= before.lastSeq()) {
            // it was counted at its first try
            return 0;
        }
        Count after = before == null || before.isOver(now)
                ? new Count(now, 1, seq)
                : new Count(before.since(), before.events() + 1, seq);
        counts.put(contact, after);
        return after.events();
    }
}
