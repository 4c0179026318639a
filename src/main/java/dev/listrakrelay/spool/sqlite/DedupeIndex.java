package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Finds out whether an event with the same source and messageId was accepted within 24 h.
 *
 * <p>It is a log-structured merge tree (O'Neil et al., 1996), because random ids in one large tree would each change a page
 * of their own. New ids are in a memtable. Their events are on disk already, and a start reads the ids from there. A flush
 * writes the memtable as a sorted run, a slice with each commit. Eight runs of a level are merged into one of the next. A
 * filter answers for most new ids without reading the runs.
 */
final class DedupeIndex {

    private static final long REMEMBERED = Duration.ofHours(24).toMillis();
    private static final long ROUND_EVERY = Duration.ofMinutes(1).toMillis();
    private static final int ENOUGH_FOR_A_ROUND = 50_000;
    private static final int SLICE = 2_000;

    private DedupeTable table;
    private RunTable runs;
    private IdFilter filter;
    private IdFilter nextFilter;
    private int filterWorthUpTo;
    private DedupeTable.Place filteredTo;
    private final IdMap uncommitted = new IdMap();
    private IdMap young;
    private DedupeFlush round = new DedupeFlush(new IdMap(), 0);
    private long roundBegan;

    /** Merges under way. A large one waits for smaller ones that become due meanwhile. */
    private final Deque<RunMerge> merges = new ArrayDeque<>();

    DedupeIndex(Connection writer) throws SQLException {
        prepare(writer);
        young = table.withEventsAlone();
        beginFilter(IdFilter.smallest());
    }

    void prepare(Connection writer) throws SQLException {
        table = new DedupeTable(writer);
        runs = new RunTable(writer);
    }

    /** Adds an id. Returns whether it is new. */
    boolean add(EventId id, long now) throws SQLException {
        boolean mayBeKnown = filter == null || filter.mayHold(id);
        if (mayBeKnown && isKnown(id, now - REMEMBERED)) {
            return false;
        }
        uncommitted.put(id, now);
        if (filter != null) {
            filter.add(id);
        }
        if (nextFilter != null) {
            nextFilter.add(id);
        }
        return true;
    }

    private boolean isKnown(EventId id, long since) throws SQLException {
        return uncommitted.holds(id, Long.MIN_VALUE)
                || young.holds(id, since)
                || round.ids().holds(id, since)
                || table.holds(id, since);
    }

    /** Writes an id into a run at once, for its event is not to be found by it any more. */
    void keep(DedupeTable.Seen id) throws SQLException {
        table.keep(id);
    }

    /** Writes the next slice of a round, or else of a larger run; answers whether there was one. */
    boolean merge(long now) throws SQLException {
        int most = Math.max(SLICE, 4 * uncommitted.size());
        return round.write(table, runs, most) || mergeRuns(most, now);
    }

    private boolean mergeRuns(int most, long now) throws SQLException {
        RunMerge due =
                runs.merge(merges.isEmpty() ? Integer.MAX_VALUE : merges.peek().level());
        if (due != null) {
            merges.push(due);
        }
        if (merges.isEmpty()) {
            return false;
        }
        if (merges.peek().write(most, now - REMEMBERED)) {
            merges.pop();
        }
        return true;
    }

    /** What was added and merged is on disk. */
    void committed() {
        young.putAll(uncommitted);
        uncommitted.clear();
        round.committed();
    }

    /** What was added and merged is not. */
    void undone() {
        uncommitted.clear();
        round.undone();
        merges.clear();
    }

    /**
     * Starts a flush if the last one is over and the memtable is full or a minute old. Call it between transactions.
     *
     * @param lastSeq the last event whose id was added
     * @param atOnce whether not to wait for either
     */
    void beginRound(long now, long lastSeq, boolean atOnce) {
        boolean isDue = atOnce || young.size() >= ENOUGH_FOR_A_ROUND || now - roundBegan >= ROUND_EVERY;
        if (isDue && round.isOver() && round.lastSeq() < lastSeq) {
            IdMap merged = round.ids();
            round = new DedupeFlush(young, lastSeq);
            roundBegan = now;
            merged.clear();
            young = merged;
        }
    }

    /** Brings some more ids from the runs into a filter that is not complete; answers whether there were any. */
    boolean filter() throws SQLException {
        if (nextFilter == null && filter.size() > filterWorthUpTo) {
            beginFilter(filter.larger());
        }
        if (nextFilter == null) {
            return false;
        }
        DedupeTable.Place to = table.addNext(filteredTo, nextFilter);
        if (to.equals(filteredTo)) {
            filter = nextFilter;
            filterWorthUpTo = filter.worthUpTo();
            nextFilter = null;
            return false;
        }
        filteredTo = to;
        return true;
    }

    private void beginFilter(IdFilter empty) {
        nextFilter = empty;
        filteredTo = DedupeTable.Place.START;
        for (IdMap ids : List.of(uncommitted, young, round.ids())) {
            ids.forEach((id, at) -> nextFilter.add(id));
        }
    }

    /** Forgets some ids that came more than 24 h ago; answers whether there were any. */
    boolean forget(long now) throws SQLException {
        return merges.isEmpty() && round.isOver() && runs.forget(now - REMEMBERED);
    }
}
