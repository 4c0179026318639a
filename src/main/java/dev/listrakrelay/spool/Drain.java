package dev.listrakrelay.spool;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Moves what is pending in one spool to another, in the order of each contact.
 *
 * <p>An event is settled in the first spool, as handed on, only when it is stored in the second. So nothing is lost wherever
 * this ends, and it can be done again: what was stored and not settled is a duplicate then, which the second passes over.
 */
public final class Drain {

    /**
     * How far ahead the first spool's clock has to be, so that what would be tried again later is due now: longer than any
     * rest or retry.
     */
    private static final Duration AHEAD = Duration.ofDays(1);

    private static final int MOST = 500;
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Spool from;
    private final Spool to;
    private final Settlement forwarded;

    /**
     * What was moved.
     *
     * @param events settled in the first spool
     * @param duplicates of them the second had already
     */
    public record Moved(long events, long duplicates) {

        Moved plus(Moved more) {
            return new Moved(events + more.events, duplicates + more.duplicates);
        }
    }

    /**
     * @param from opened on the clock of {@link #clock}, with nobody else at it
     * @param name what the first one's books call the second
     */
    public Drain(Spool from, Spool to, String name) {
        this.from = from;
        this.to = to;
        this.forwarded = new Settlement.Forwarded(name);
    }

    /** What the first spool has to be opened on, or its lanes would rest as long as Listrak asked them to. */
    public static Clock clock(Clock now) {
        return Clock.offset(now, AHEAD);
    }

    /**
     * Moves everything, those dead letters included that wait to be replayed.
     *
     * @param progress is told how many were moved so far
     * @throws SpoolUnavailable if either can't be used; what was not settled is moved the next time
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

    /** None for a lane that has nothing, as long as another one has. */
    private Duration patience(int lane) {
        boolean isEmpty = from.laneStates().get(lane).pending() == 0;
        return isEmpty && from.pending() > 0 ? Duration.ZERO : PATIENCE;
    }
}
