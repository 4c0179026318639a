package dev.listrakrelay.spool;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Moves the pending events of one spool to another, in the order of each contact.
 *
 * <p>An event is settled as forwarded in the first spool only when it is on disk in the second. So an interrupted drain
 * loses nothing and can be repeated: the second spool skips the events that it has already, as duplicates.
 */
public final class Drain {

    /**
     * How far ahead the first spool's clock has to be, so that all its events are due: longer than any pause and any
     * wait for a retry.
     */
    private static final Duration AHEAD = Duration.ofDays(1);

    private static final int MOST = 500;
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Spool from;
    private final EventLog to;
    private final Settlement forwarded;

    /**
     * Counts the moved events.
     *
     * @param events the events that were settled in the first spool
     * @param duplicates those of them that the second spool had already
     */
    public record Moved(long events, long duplicates) {

        Moved plus(Moved more) {
            return new Moved(events + more.events, duplicates + more.duplicates);
        }
    }

    /**
     * @param from a spool that was opened with the clock of {@link #clock}, and that nothing else uses
     * @param name the name of the second spool in the outcomes of the first
     */
    public Drain(Spool from, EventLog to, String name) {
        this.from = from;
        this.to = to;
        this.forwarded = new Settlement.Forwarded(name);
    }

    /** Returns the clock to open the first spool with. With another clock, events would wait for the end of pauses. */
    public static Clock clock(Clock now) {
        return Clock.offset(now, AHEAD);
    }

    /**
     * Moves all pending events, and the dead letters that wait for a replay.
     *
     * @param progress receives the number of events moved so far
     * @throws SpoolUnavailable if a spool can't be used; a repeated call moves the rest
     */
    public Moved all(LongConsumer progress) throws InterruptedException {
        Moved moved = new Moved(0, 0);
        while (from.pending() + from.deadLetters().waitingForReplay() > 0) {
            for (int lane = 0; lane < from.lanes(); lane++) {
                moved = moved.plus(some(lane));
                progress.accept(moved.events());
            }
        }
        return moved;
    }

    private Moved some(int lane) throws InterruptedException {
        Optional<Batch> taken = from.take(lane, MOST, Duration.ZERO, patience(lane));
        if (taken.isEmpty()) {
            return new Moved(0, 0);
        }
        Batch batch = taken.get();
        try {
            batch.dropForgotten();
            List<Event> events = new ArrayList<>();
            batch.forEach(events::add);
            int stored = SpoolUnavailable.await(to.append(events));
            events.forEach(event -> batch.mark(event, forwarded));
            batch.commit();
            return new Moved(events.size(), events.size() - stored);
        } finally {
            from.release(lane);
        }
    }

    /** How long to wait for a lane: not at all if it has no events and another lane has. */
    private Duration patience(int lane) {
        boolean isEmpty = from.laneStates().get(lane).pending() == 0;
        return isEmpty && from.pending() > 0 ? Duration.ZERO : PATIENCE;
    }
}
