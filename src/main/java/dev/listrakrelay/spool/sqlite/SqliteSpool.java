package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A spool in one SQLite file: one thread writes in groups, lanes read what was committed. */
public final class SqliteSpool implements Spool {

    private final Clock clock;
    private final List<Lane> lanes = new ArrayList<>();
    private EventTable events;
    private SeenIds seen;
    private final Tally tally;
    private final GroupCommit commits;
    private final Connection writer;
    private final LaneReader reader;

    /**
     * Opens the spool, or makes it.
     *
     * @param dir an existing folder
     * @param name names the file, {@code <name>.db}
     * @param laneCount 1 or more; where it differs from the last time, pending events are laid on their new lanes
     * @throws SpoolUnavailable if the file can't be opened
     */
    public SqliteSpool(Path dir, String name, int laneCount, Clock clock) {
        this.clock = clock;
        try {
            SqliteDatabase database = new SqliteDatabase(dir, name);
            writer = database.writer();
            LaneTable laneTable = new LaneTable(writer);
            laneTable.layOut(laneCount);
            tally = new Tally(writer);
            seen = new SeenIds(writer);
            events = new EventTable(writer);
            reader = new LaneReader(database.reader());
            for (int lane = 0; lane < laneCount; lane++) {
                lanes.add(laneTable.load(lane));
            }
            commits = new GroupCommit(name, writer, new Housekeeping());
        } catch (IOException | SQLException e) {
            throw new SpoolUnavailable(
                    "spool.dir: cannot open " + dir.resolve(name + ".db") + ", " + e.getMessage(), e);
        }
    }

    @Override
    public int lanes() {
        return lanes.size();
    }

    @Override
    public CompletionStage<Integer> append(List<Event> incoming) {
        List<SeenIds.Id> ids = incoming.stream().map(SeenIds.Id::of).toList();
        int[] stored = new int[lanes.size()];
        return commits.submit(
                connection -> {
                    long now = clock.millis();
                    for (int i = 0; i < ids.size(); i++) {
                        if (seen.add(ids.get(i), now)) {
                            Event event = incoming.get(i);
                            int lane = Lane.of(event.contact(), stored.length);
                            events.add(event, lane);
                            stored[lane]++;
                        }
                    }
                    events.insertAdded();
                    int count = Arrays.stream(stored).sum();
                    if (seen.isMergeDue()) {
                        seen.merge(events.lastSeq());
                    }
                    tally.write(Tally.accepted(count));
                    return count;
                },
                count -> {
                    tally.committed(Tally.accepted(count));
                    for (int lane = 0; lane < stored.length; lane++) {
                        lanes.get(lane).arrived(stored[lane]);
                    }
                });
    }

    @Override
    public Optional<Batch> take(int lane, int max, Duration linger, Duration patience) throws InterruptedException {
        Lane from = lanes.get(lane);
        if (!from.awaitDue(max, linger, patience, clock)) {
            return Optional.empty();
        }
        try {
            List<Event> due = reader.read(from, max, clock.millis());
            if (!due.isEmpty()) {
                return Optional.of(new Batch(this, lane, due, event -> from.attempts(event.seq())));
            }
            if (from.hasMoved()) {
                SpoolUnavailable.await(settle(lane, Map.of()));
            }
            from.release();
            return Optional.empty();
        } catch (SpoolUnavailable e) {
            from.release();
            throw e;
        } catch (SQLException e) {
            from.release();
            throw new SpoolUnavailable("spool: lane " + lane + " not readable, " + e.getMessage(), e);
        }
    }

    @Override
    public CompletionStage<Void> settle(int lane, Map<Event, Settlement> settlements) {
        Lane.Change change = lanes.get(lane).change(settlements);
        Map<Outcome, Long> counts = Tally.of(change.settled().values());
        return commits.submit(
                connection -> {
                    events.settle(change, clock.millis());
                    tally.write(counts);
                    return null;
                },
                nothing -> {
                    lanes.get(lane).apply(change);
                    tally.committed(counts);
                });
    }

    @Override
    public void release(int lane) {
        lanes.get(lane).release();
    }

    @Override
    public CompletionStage<Void> pause(int lane, Duration rest, int again) {
        Lane paused = lanes.get(lane);
        Instant until = clock.instant().plus(rest);
        Map<Outcome, Long> counts = Tally.retried(again);
        paused.pause(until);
        return commits.submit(
                connection -> {
                    events.pause(lane, until, paused.pauses());
                    tally.write(counts);
                    return null;
                },
                nothing -> tally.committed(counts));
    }

    @Override
    public int pauses(int lane) {
        return lanes.get(lane).pauses();
    }

    @Override
    public long pending() {
        return lanes.stream().mapToLong(Lane::pending).sum();
    }

    @Override
    public Optional<Instant> oldestPending() {
        try {
            return reader.oldest();
        } catch (SQLException e) {
            throw new SpoolUnavailable("spool: not readable, " + e.getMessage(), e);
        }
    }

    @Override
    public Map<Outcome, Long> tally() {
        return tally.committed();
    }

    /** What the writing thread does besides writing; {@code events} and {@code seen} are its own. */
    private final class Housekeeping implements GroupCommit.Owner {
        @Override
        public boolean tidy(Connection connection) throws SQLException {
            return seen.merge(events.lastSeq()) || events.trim() || seen.forget(connection, clock.millis());
        }

        @Override
        public void committed() {
            seen.committed();
        }

        @Override
        public void undone() {
            seen.undone();
        }

        @Override
        public void checkpoint(Connection connection) throws SQLException {
            SqliteDatabase.checkpoint(connection);
        }

        @Override
        public void prepareAnew(Connection connection) throws SQLException {
            events = new EventTable(connection);
            seen = new SeenIds(connection);
            tally.prepare(connection);
        }
    }

    @Override
    public void onNewOutcome(Consumer<Outcome> listener) {
        tally.onNew(listener);
    }

    @Override
    public CompletionStage<Void> probe() {
        return commits.submit(
                connection -> {
                    events.probe();
                    return null;
                },
                nothing -> {});
    }

    @Override
    public void close() {
        commits.close();
        Stream.of(reader.connection(), writer).forEach(SqliteSpool::closeQuietly);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new SpoolUnavailable("spool: not closed, " + e.getMessage(), e);
        }
    }
}
