package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Finds out whether an event with the same source and messageId was accepted within 24 h.
 *
 * <p>It is a log-structured merge tree (O'Neil et al., 1996), because random ids in one large tree would each change a
 * page of their own. New ids are in a memtable. Their events are on disk already, and a start reads the ids from there.
 * A flush writes the memtable as a sorted run, a slice with each commit. Eight runs of a level are merged into one of
 * the next. A filter answers for most new ids without reading the runs.
 */
final class DedupeIndex {

    private static final long REMEMBERED = Duration.ofHours(24).toMillis();
    private static final long FLUSH_EVERY = Duration.ofMinutes(1).toMillis();
    private static final int ENOUGH_TO_FLUSH = 50_000;
    private static final int SLICE = 2_000;

    private final RunTable runs;
    private IdFilter filter;
    private IdFilter nextFilter;
    private int replaceFilterAt;
    private RunTable.FilterPosition filteredTo;
    private final IdMap uncommitted = new IdMap();
    private IdMap memtable;
    private DedupeFlush flush = new DedupeFlush(new IdMap(), 0);
    private long flushBegan;

    /** Merges under way. A large one waits for smaller ones that become due meanwhile. */
    private final Deque<RunMerge> merges = new ArrayDeque<>();

    DedupeIndex(SpoolConnection writer) throws SQLException {
        runs = new RunTable(writer);
        memtable = runs.unflushed();
        beginFilter(IdFilter.smallest());
    }

    /** Adds an id. Returns whether it is new. */
    boolean add(EventId id, long now) throws SQLException {
        boolean mayBeKnown = filter == null || filter.mayContain(id);
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
        return uncommitted.contains(id, Long.MIN_VALUE)
                || memtable.contains(id, since)
                || flush.ids().contains(id, since)
                || runs.contains(id, since);
    }

    /** Writes an id into a run at once, because its event's row will not have the id any more. */
    void addSingle(RunTable.StoredId id) throws SQLException {
        runs.addSingle(id);
    }

    /** Writes the next slice of the flush or, if there is none, of a merge. Returns whether it wrote anything. */
    boolean merge(long now) throws SQLException {
        int most = Math.max(SLICE, 4 * uncommitted.size());
        return flush.write(runs, most) || mergeRuns(most, now);
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

    /** Moves the added ids into the memtable. Call it after a commit. */
    void committed() {
        memtable.putAll(uncommitted);
        uncommitted.clear();
        flush.committed();
    }

    /** Forgets the ids and the slices that were not committed. Call it after a rollback. */
    void rolledBack() {
        uncommitted.clear();
        flush.rolledBack();
        merges.clear();
    }

    /**
     * Starts a flush if the last one is over and the memtable is full or a minute old. Call it between transactions.
     *
     * @param lastSeq the last event whose id was added
     * @param atOnce true to flush a memtable that is neither full nor old
     */
    void beginFlush(long now, long lastSeq, boolean atOnce) {
        boolean isDue = atOnce || memtable.size() >= ENOUGH_TO_FLUSH || now - flushBegan >= FLUSH_EVERY;
        if (isDue && flush.isDone() && flush.lastSeq() < lastSeq) {
            IdMap flushed = flush.ids();
            flush = new DedupeFlush(memtable, lastSeq);
            flushBegan = now;
            flushed.clear();
            memtable = flushed;
        }
    }

    /** Copies some more ids from the runs into a new filter that is not complete. Returns whether there were any. */
    boolean fillFilter() throws SQLException {
        if (nextFilter == null && filter.size() > replaceFilterAt) {
            beginFilter(filter.larger());
        }
        if (nextFilter == null) {
            return false;
        }
        RunTable.FilterPosition to = runs.addNext(filteredTo, nextFilter);
        if (to.equals(filteredTo)) {
            filter = nextFilter;
            replaceFilterAt = filter.replaceAt();
            nextFilter = null;
            return false;
        }
        filteredTo = to;
        return true;
    }

    private void beginFilter(IdFilter empty) {
        nextFilter = empty;
        filteredTo = RunTable.FilterPosition.START;
        for (IdMap ids : List.of(uncommitted, memtable, flush.ids())) {
            ids.forEach((id, at) -> nextFilter.add(id));
        }
    }

    /** Deletes some ids whose events were accepted more than 24 h ago. Returns whether there were any. */
    boolean deleteOld(long now) throws SQLException {
        return merges.isEmpty() && flush.isDone() && runs.deleteOld(now - REMEMBERED);
    }
}
