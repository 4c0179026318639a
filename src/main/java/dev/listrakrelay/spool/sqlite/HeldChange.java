package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.HoldLimits;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.lane.Lane;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Holds events, and releases held ones to the lanes of their contacts, in one transaction. A released event gets a new
 * seq, the next one, so it is before all events that are stored after it. Its old entry in the history names the new seq.
 */
final class HeldChange {

    private static final int RELEASED_AT_ONCE = 500;

    private final SpoolTables tables;
    private final HoldLimits limits;
    private final LongSupplier heldBefore;
    private final Set<Event> wanted = new HashSet<>();
    private final List<Long> begun = new ArrayList<>();
    private final int[] released;
    private long notHeld;
    private OptionalLong oldest = OptionalLong.empty();

    /** @param heldBefore returns the number of events that were held at the last commit */
    HeldChange(SpoolTables tables, HoldLimits limits, int lanes, LongSupplier heldBefore) {
        this.tables = tables;
        this.limits = limits;
        this.heldBefore = heldBefore;
        this.released = new int[lanes];
    }

    /** Decides which of these events are worth holding. It may parse them, so call it outside of the transaction. */
    HeldChange among(List<Event> incoming) {
        if (limits.isOn()) {
            incoming.stream().filter(limits::wants).forEach(wanted::add);
        }
        return this;
    }

    /** Stores an event as held, if it is worth it and there is room. Returns whether it did. */
    boolean hold(Event event, long now) throws SQLException {
        if (wanted.isEmpty() || event.identity().email().isPresent() || !wanted.contains(event)) {
            return false;
        }
        if (heldNow() >= limits.atMost()) {
            notHeld++;
            return false;
        }
        long seq = tables.events().add(event, HeldTable.LANE);
        tables.held().add(seq, event, now, now + limits.time().toMillis());
        begun.add(seq);
        return true;
    }

    private long heldNow() {
        return heldBefore.getAsLong() + tables.held().uncommitted();
    }

    /** Releases the events whose e-mail is known now, because an event taught it. Call it before the event is stored. */
    void taught(Identity teacher, long now) throws SQLException {
        boolean teaches = teacher.email().isPresent()
                && !teacher.isLearned()
                && (teacher.userId().isPresent() || teacher.anonymousId().isPresent());
        if (!teaches || heldNow() == 0) {
            return;
        }
        release(tables.held().of(teacher), false, now);
    }

    /**
     * Releases the events whose time is over, the oldest first, 500 at most. The others' times are over later. If
     * the clock was set back, an event may be held since a time to come: its wait ends, too.
     */
    void releaseDue(long now) throws SQLException {
        List<HeldTable.Held> due = tables.held().oldest(RELEASED_AT_ONCE).stream()
                .takeWhile(held -> now - held.since() >= limits.time().toMillis() || held.since() > now)
                .toList();
        release(due, true, now);
        oldest = tables.held().oldest(1).stream()
                .mapToLong(HeldTable.Held::since)
                .findFirst();
    }

    /** @param isOver whether to release events without a known e-mail, too */
    private void release(List<HeldTable.Held> candidates, boolean isOver, long now) throws SQLException {
        if (candidates.isEmpty()) {
            return;
        }
        // some may be of this transaction
        tables.events().writeAdded();
        EventLookup events = tables.held().lookup(candidates);
        for (HeldTable.Held held : candidates) {
            EventBlock.Stored stored = events.get(held.seq());
            Event event = tables.identities().resolve(stored.event().withIdentity(held.identity()), now);
            if (isOver || event.identity().isLearned()) {
                release(stored, event, now);
            }
        }
    }

    private void release(EventBlock.Stored stored, Event event, long now) throws SQLException {
        int lane = Lane.of(event.contact(), released.length);
        long seq = tables.events()
                .add(stored.isForgotten() ? stored.again(lane, now) : EventBlock.Stored.of(lane, event, now));
        tables.history().note("released", "as " + seq, List.of(stored.seq()), now);
        tables.history().note("accepted", "held as " + stored.seq(), List.of(seq), now);
        tables.held().remove(stored.seq());
        released[lane]++;
    }

    /** Writes the history of the events that it holds. Call it once, at the end of its work. */
    void finish(long now) throws SQLException {
        if (!begun.isEmpty()) {
            tables.held().moveHead(begun.get(begun.size() - 1));
            Instant until = Instant.ofEpochMilli(now).plus(limits.time());
            tables.history().note("held", "until " + until + ", because no e-mail is known for it", begun, now);
        }
    }

    /** The number of events that it holds. */
    int begun() {
        return begun.size();
    }

    /** The number of events that it released to a lane. */
    int released(int lane) {
        return released[lane];
    }

    /** The number of events that it did not hold, because too many were held. */
    long notHeld() {
        return notHeld;
    }

    /** After {@link #releaseDue}, since when the oldest event is held; empty if none is. */
    OptionalLong oldest() {
        return oldest;
    }
}
