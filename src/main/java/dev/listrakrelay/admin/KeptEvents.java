package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TracedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads the events of a time from the history, and finds out whether events of that time are not kept any more.
 *
 * <p>Seqs have no gaps while everything is kept. A gap is an event that was deleted or forgotten, or a write that failed. The
 * ids of the last 24 hours say how many of these were events.
 */
final class KeptEvents {

    /** How long the ids of events are known. */
    private static final Duration IDS = Duration.ofHours(24);

    private final Spool spool;
    private final Instant from;
    private final Instant to;
    private final Instant now;
    private long kept;
    private long missing;
    private long above = Long.MAX_VALUE;
    private Instant aboveAt = Instant.MAX;
    private Instant keptSince;
    private OptionalLong accepted = OptionalLong.empty();

    /** @param to exclusive; a time to come means now */
    KeptEvents(Spool spool, Instant from, Instant to, Instant now) {
        this.spool = spool;
        this.from = from;
        this.to = to.isAfter(now) ? now.plusMillis(1) : to;
        this.now = now;
        this.keptSince = from;
    }

    /** Shows each event that was accepted in that time, newest first, without its payload; of a replayed or released one the newest entry. */
    KeptEvents each(Consumer<TracedEvent> use) {
        boolean[] isEndReached = {false};
        spool.history().skim(Search.ALL, event -> {
            look(event, use);
            isEndReached[0] = isBefore(event);
            return !isEndReached[0];
        });
        if (above == Long.MAX_VALUE) {
            missing = from.isAfter(now) ? 0 : spool.tally().getOrDefault(new Spool.Outcome("accepted", ""), 0L);
            keptSince = to;
        } else if (!isEndReached[0]) {
            gap(1);
        }
        accepted = spool.history().accepted(missing > 0 ? knownFrom() : to, to);
        return this;
    }

    /** Whether an event is older than that time; those with lower seqs are older still. */
    private boolean isBefore(TracedEvent event) {
        return event.event().pendingSince().isBefore(from);
    }

    private void look(TracedEvent traced, Consumer<TracedEvent> use) {
        Instant at = traced.event().pendingSince();
        if (at.isBefore(to)) {
            gap(traced.event().seq() + 1);
        }
        above = traced.event().seq();
        aboveAt = at;
        if (isIn(traced) && !last(traced).isMove()) {
            kept++;
            use.accept(traced);
        }
    }

    private boolean isIn(TracedEvent traced) {
        Instant at = traced.event().receivedAt();
        return !at.isBefore(from) && at.isBefore(to);
    }

    static EventStep last(TracedEvent traced) {
        return traced.steps().get(traced.steps().size() - 1);
    }

    /** Notes the seqs from this one up to the last event that was shown, if they may be of that time. */
    private void gap(long first) {
        if (above != Long.MAX_VALUE && above > first && !aboveAt.isBefore(from)) {
            keptSince = missing > 0 ? keptSince : aboveAt;
            missing += above - first;
        }
    }

    private Instant knownFrom() {
        Instant known = now.minus(IDS);
        return from.isBefore(known) ? known : from;
    }

    /** The number of events of that time that are not kept any more; empty if nobody knows. */
    OptionalLong notKept() {
        if (accepted.isEmpty() || missing > 0 && from.isBefore(now.minus(IDS))) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(missing == 0 ? 0 : Math.min(missing, Math.max(0, accepted.getAsLong() - kept)));
    }

    /** Whether all events of that time are kept. */
    boolean isWhole() {
        return notKept().orElse(1) == 0;
    }

    long kept() {
        return kept;
    }

    /** Says whether all is kept and, if not, since when, how many are not, and why. */
    ObjectNode json() {
        ObjectNode json = AdminJson.object().put("complete", isWhole());
        if (isWhole()) {
            return json;
        }
        if (accepted.isEmpty()) {
            return json.put(
                    "why",
                    "spool.engine=kafka: the history is in the memory of each process, the last 20,000 steps since its start");
        }
        notKept().ifPresent(events -> json.put("notKept", events));
        return json.put("keptSince", keptSince.toString())
                .put("why", "older events are deleted by spool.history and spool.history-events, or were forgotten");
    }
}
