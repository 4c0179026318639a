package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.engine.StoredIdentity;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.LaneChange;
import dev.listrakrelay.spool.lane.ReplayShare;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Replays dead letters and dropped events, a few at a time, so that live events never wait behind many replayed ones.
 *
 * <p>A replay request marks its dead letters or dropped events. They wait until fewer than {@code spool.replay-at-once}
 * replayed events are pending. Then up to a hundred are moved in one transaction: it writes the new events, deletes the
 * dead letters or notes that the dropped events are replayed, and corrects the tally. After a crash, each event is in
 * one place, and the next start continues.
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

    private final boolean keepsHistory;

    /** Dead letters and dropped events that were moved in one transaction. */
    private record Chunk(int taken, List<Long> seqs, int[] byLane, Map<Outcome, Long> counts) {}

    ReplayTask(GroupCommit commits, SpoolTables tables, List<Lane> lanes, Clock clock, SpoolLimits limits)
            throws SQLException {
        this.commits = commits;
        this.tables = tables;
        this.lanes = lanes;
        this.clock = clock;
        this.mostPending = limits.replayAtOnce();
        this.share = new ReplayShare(limits.replayPercent(), clock);
        this.keepsHistory = limits.keepsHistory();
        this.waiting = new AtomicLong(tables.replays().count());
        if (waiting.get() > 0) {
            pending.addAll(tables.replays().pending());
        }
    }

    /**
     * Marks the dead letters that meet the conditions. Completes with their number when a limit is reached, or all are
     * moved.
     */
    CompletableFuture<Integer> start(SearchConditions conditions) {
        if (waiting.get() == 0) {
            share.begin();
        }
        return mark(() -> tables.replays().add(conditions)).thenCompose(this::moved);
    }

    /**
     * Marks those of these events that are dropped. Completes with their number when a limit is reached, or all are
     * moved.
     */
    CompletableFuture<Integer> startDropped(Collection<Long> seqs) {
        if (!keepsHistory) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException(
                    "spool.history: 0 keeps no dropped event, so none can be replayed"));
        }
        if (waiting.get() == 0) {
            share.begin();
        }
        CompletableFuture<Integer> marked = CompletableFuture.completedFuture(0);
        Map<Long, List<Long>> blocks =
                seqs.stream().collect(Collectors.groupingBy(SeqBlocks::of, TreeMap::new, Collectors.toList()));
        for (Map.Entry<Long, List<Long>> block : blocks.entrySet()) {
            marked = marked.thenCombine(
                    mark(() -> tables.replays().addDropped(block.getKey(), block.getValue())), Integer::sum);
        }
        return marked.thenCompose(this::moved);
    }

    private CompletableFuture<Integer> mark(SpoolConnection.Sql<Integer> sql) {
        return commits.<Integer>submit(sql, waiting::addAndGet);
    }

    /** Completes with the number of marked ones. They will be moved, even if that fails now. */
    private CompletableFuture<Integer> moved(int marked) {
        return moveMore().handle((nothing, failure) -> marked);
    }

    /** The number of dead letters and dropped events that wait. */
    long waiting() {
        return waiting.get();
    }

    /** Counts again how many dead letters and dropped events wait, after some were deleted. */
    CompletableFuture<Long> recount() {
        return commits.submit(() -> tables.replays().count(), waiting::set);
    }

    /** Lets replayed events follow a number of accepted live events. */
    void accepted(int events) {
        share.live(events);
        moveMore();
    }

    /** Moves more dead letters and dropped events, because replayed events were settled. */
    void settled(LaneChange change) {
        if (!pending.isEmpty()) {
            change.done().forEach(pending::remove);
            moveMore();
        }
    }

    /**
     * Moves dead letters and dropped events until a limit is reached, and completes then. It completes at once if
     * another thread moves them.
     */
    CompletableFuture<Void> moveMore() {
        if (mayMove() == 0 || !isMoving.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(null);
        }
        return commits.submit(() -> move(), this::moved)
                .whenComplete((nothing, failure) -> isMoving.set(false))
                .thenCompose(nothing -> moveMore());
    }

    /** The number of dead letters and dropped events that may be moved now. */
    private int mayMove() {
        return waiting.get() == 0 ? 0 : share.allowed(Math.max(0, Math.min(CHUNK, mostPending - pending.size())));
    }

    private Chunk move() throws SQLException {
        List<Long> seqs = new ArrayList<>();
        int[] byLane = new int[lanes.size()];
        Map<Outcome, Long> counts = new HashMap<>();
        long now = clock.millis();
        EventLookup dropped = tables.events().lookup();
        List<ReplayTable.WaitingReplay> next = tables.replays().next(mayMove());
        for (ReplayTable.WaitingReplay one : next) {
            Event event = one.isDropped()
                    ? dropped(dropped.get(one.seq()), now)
                    : tables.deadLetters().get(one.seq());
            if (event != null) {
                int lane = Lane.of(event.contact(), byLane.length);
                long seq = tables.events().replay(event, lane, now);
                tables.history().note("replayed", "as " + seq, List.of(one.seq()), now);
                tables.history().note("accepted", "replay of " + one.seq(), List.of(seq), now);
                tables.ambiguous().replayed(one.seq(), seq);
                tables.deliveryLog().replayed(event, one.reason(), now);
                seqs.add(seq);
                byLane[lane]++;
                count(one, counts);
            }
            tables.replays().remove(one.seq());
            if (!one.isDropped()) {
                tables.deadLetters().remove(one.seq());
            }
        }
        tables.tally().write(counts);
        return new Chunk(next.size(), seqs, byLane, counts);
    }

    /** Returns a dropped event with the e-mail that is known for it now; null if it was forgotten. */
    private Event dropped(EventBlock.Stored stored, long now) throws SQLException {
        return stored == null ? null : tables.identities().resolve(StoredIdentity.of(stored.event()), now);
    }

    private static void count(ReplayTable.WaitingReplay one, Map<Outcome, Long> counts) {
        counts.merge(new Outcome(one.isDropped() ? "dropped" : "dead", one.reason()), -1L, Long::sum);
        counts.merge(new Outcome(one.isDropped() ? Spool.REPLAYED_DROPPED : "replayed", one.reason()), 1L, Long::sum);
    }

    private void moved(Chunk chunk) {
        tables.tally().committed(chunk.counts());
        pending.addAll(chunk.seqs());
        share.used(chunk.seqs().size());
        waiting.addAndGet(chunk.taken() == 0 ? -waiting.get() : -chunk.taken());
        for (int lane = 0; lane < chunk.byLane().length; lane++) {
            lanes.get(lane).arrived(chunk.byLane()[lane]);
        }
    }
}
