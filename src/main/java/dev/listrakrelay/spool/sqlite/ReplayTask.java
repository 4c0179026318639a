package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.LaneChange;
import dev.listrakrelay.spool.lane.ReplayShare;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes pending events of dead letters, a few at a time, so that live events never wait behind many replayed ones.
 *
 * <p>A replay request marks all its dead letters in one transaction. Marked ones wait until fewer than {@code
 * spool.replay-at-once} replayed events are pending. Then up to a hundred are moved in a transaction: it writes the new
 * event, deletes the dead letter, and corrects the tally. After a crash each event is in one place, and the next start
 * continues.
 */
final class ReplayTask {

    private static final int CHUNK = 100;

    private final GroupCommit commits;
    private final SpoolTables tables;
    private final List<Lane> lanes;
    private final Clock clock;
    private final int mostPending;
    private final ReplayShare share;
    private final Set<Long> pending = ConcurrentHashMap.newKeySet();
    private final AtomicLong waiting;
    private final AtomicBoolean isMoving = new AtomicBoolean();

    /** Dead letters that were moved in one transaction. */
    private record Chunk(List<Long> seqs, int[] byLane, Map<Outcome, Long> counts) {}

    ReplayTask(GroupCommit commits, SpoolTables tables, List<Lane> lanes, Clock clock, SpoolLimits limits)
            throws SQLException {
        this.commits = commits;
        this.tables = tables;
        this.lanes = lanes;
        this.clock = clock;
        this.mostPending = limits.replayAtOnce();
        this.share = new ReplayShare(limits.replayPercent(), clock);
        this.waiting = new AtomicLong(tables.replays().count());
        if (waiting.get() > 0) {
            pending.addAll(tables.replays().pending());
        }
    }

    /** Marks the dead letters that meet the conditions. Completes with their number once moving them pauses. */
    CompletableFuture<Integer> start(SearchConditions conditions) {
        if (waiting.get() == 0) {
            share.begin();
        }
        return commits.<Integer>submit(connection -> tables.replays().add(conditions), waiting::addAndGet)
                // the marked dead letters will be moved, even if that fails now
                .thenCompose(count -> moveMore().handle((nothing, failure) -> count));
    }

    /** The number of dead letters that wait. */
    long waiting() {
        return waiting.get();
    }

    /** Counts the waiting dead letters again, after some were deleted. */
    CompletableFuture<Long> recount() {
        return commits.submit(connection -> tables.replays().count(), waiting::set);
    }

    /** Lets replayed events follow a number of accepted live events. */
    void accepted(int events) {
        share.live(events);
        moveMore();
    }

    /** Lets more dead letters follow replayed events that were settled. */
    void settled(LaneChange change) {
        if (!pending.isEmpty()) {
            change.done().forEach(pending::remove);
            moveMore();
        }
    }

    /** Moves dead letters until a limit is reached, and completes then. It completes at once if another thread moves them. */
    CompletableFuture<Void> moveMore() {
        if (mayMove() == 0 || !isMoving.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(null);
        }
        return commits.submit(connection -> move(), this::moved)
                .whenComplete((nothing, failure) -> isMoving.set(false))
                .thenCompose(nothing -> moveMore());
    }

    /** The number of dead letters that may be moved now. */
    private int mayMove() {
        return waiting.get() == 0 ? 0 : share.allowed(Math.max(0, Math.min(CHUNK, mostPending - pending.size())));
    }

    private Chunk move() throws SQLException {
        List<Long> seqs = new ArrayList<>();
        int[] byLane = new int[lanes.size()];
        Map<Outcome, Long> counts = new HashMap<>();
        long now = clock.millis();
        for (ReplayTable.WaitingDeadLetter next : tables.replays().next(mayMove())) {
            int lane = Lane.of(next.contact(), byLane.length);
            long seq = tables.events().replay(tables.deadLetters().get(next.seq()), lane, now);
            tables.history().note("replayed", "as " + seq, List.of(next.seq()), now);
            tables.history().note("accepted", "replay of " + next.seq(), List.of(seq), now);
            tables.deadLetters().remove(next.seq());
            tables.replays().remove(next.seq());
            seqs.add(seq);
            byLane[lane]++;
            counts.merge(new Outcome("dead", next.reason()), -1L, Long::sum);
            counts.merge(new Outcome("replayed", next.reason()), 1L, Long::sum);
        }
        tables.tally().write(counts);
        return new Chunk(seqs, byLane, counts);
    }

    private void moved(Chunk chunk) {
        tables.tally().committed(chunk.counts());
        pending.addAll(chunk.seqs());
        share.used(chunk.seqs().size());
        waiting.addAndGet(
                chunk.seqs().isEmpty() ? -waiting.get() : -chunk.seqs().size());
        for (int lane = 0; lane < chunk.byLane().length; lane++) {
            lanes.get(lane).arrived(chunk.byLane()[lane]);
        }
    }
}
