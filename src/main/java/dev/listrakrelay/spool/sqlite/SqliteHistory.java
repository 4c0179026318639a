package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.EventHistory;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.TracedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds events and their steps through a connection that reads alone. There are no indexes but seq, which would cost
 * every event: a search goes through the events, newest first, until it has found enough.
 */
final class SqliteHistory implements EventHistory {

    private static final String ACCEPTED = "accepted";
    private static final int MOST_STEPS = 1_000;
    private static final String COLUMNS =
            """
            SELECT %s,
              coalesce(replayed_at, received_at) AS since, lane,
              coalesce((SELECT due FROM open WHERE open.seq = event.seq), 0) AS due,
              seq IN (SELECT seq FROM open)
                OR seq > coalesce((SELECT head FROM lane WHERE lane.lane = event.lane), 0) AS pending
            FROM event WHERE\s""";
    private static final String STEPS = "SELECT at, outcome, reason, seqs FROM history WHERE block = ? ORDER BY id";

    private final Connection reader;

    SqliteHistory(Connection reader) {
        this.reader = reader;
    }

    @Override
    public List<TracedEvent> find(Search search) {
        Conditions conditions =
                Conditions.of(search, "received_at", Search.Field.MESSAGE_ID, Search.Field.CONTACT, Search.Field.NAME);
        String outcome = search.where().get(Search.Field.OUTCOME);
        List<TracedEvent> found = new ArrayList<>();
        synchronized (reader) {
            try (PreparedStatement select = reader.prepareStatement(
                    COLUMNS.formatted(EventRow.COLUMNS.formatted("x''")) + conditions.sql() + " ORDER BY seq DESC")) {
                conditions.bind(select);
                long block = -1;
                Map<Long, EventStep> last = Map.of();
                try (ResultSet row = select.executeQuery()) {
                    while (found.size() < search.limit() && row.next()) {
                        if (SeqBlocks.of(row.getLong(1)) != block) {
                            block = SeqBlocks.of(row.getLong(1));
                            last = lastSteps(block);
                        }
                        EventStep step = last.getOrDefault(row.getLong(1), first(row));
                        if (outcome == null || outcome.equals(step.outcome())) {
                            found.add(new TracedEvent(EventRow.read(row), List.of(step), waiting(row)));
                        }
                    }
                }
                return found;
            } catch (SQLException e) {
                throw unreadable(e);
            }
        }
    }

    @Override
    public Optional<TracedEvent> get(long seq) {
        synchronized (reader) {
            try (PreparedStatement select =
                    reader.prepareStatement(COLUMNS.formatted(EventRow.COLUMNS.formatted("raw")) + "seq = ?")) {
                select.setLong(1, seq);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new TracedEvent(EventRow.read(row), steps(seq, first(row)), waiting(row)))
                            : Optional.empty();
                }
            } catch (SQLException e) {
                throw unreadable(e);
            }
        }
    }

    private Map<Long, EventStep> lastSteps(long block) throws SQLException {
        Map<Long, EventStep> last = new HashMap<>();
        try (PreparedStatement select = reader.prepareStatement(STEPS)) {
            select.setLong(1, block);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    EventStep step = step(row);
                    for (long seq : SeqBlocks.unpack(block, row.getBytes(4))) {
                        last.put(seq, step);
                    }
                }
            }
        }
        return last;
    }

    private List<EventStep> steps(long seq, EventStep first) throws SQLException {
        List<EventStep> steps = new ArrayList<>(List.of(new EventStep(first.at(), ACCEPTED, "")));
        try (PreparedStatement select = reader.prepareStatement(STEPS)) {
            select.setLong(1, SeqBlocks.of(seq));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (SeqBlocks.contains(row.getBytes(4), seq)) {
                        steps.add(step(row));
                    }
                }
            }
        }
        if (steps.size() == 1 && !first.outcome().equals(ACCEPTED)) {
            steps.add(first);
        }
        return steps.size() > MOST_STEPS ? steps.subList(steps.size() - MOST_STEPS, steps.size()) : steps;
    }

    /** What is known of an event by its row alone. */
    private static EventStep first(ResultSet row) throws SQLException {
        Instant since = Instant.ofEpochMilli(row.getLong("since"));
        return new EventStep(since, row.getBoolean("pending") ? ACCEPTED : "settled", "");
    }

    private static Optional<TracedEvent.Waiting> waiting(ResultSet row) throws SQLException {
        return row.getBoolean("pending")
                ? Optional.of(new TracedEvent.Waiting(row.getInt("lane"), Instant.ofEpochMilli(row.getLong("due"))))
                : Optional.empty();
    }

    private static EventStep step(ResultSet row) throws SQLException {
        return new EventStep(Instant.ofEpochMilli(row.getLong(1)), row.getString(2), row.getString(3));
    }

    private static SpoolUnavailable unreadable(SQLException e) {
        return new SpoolUnavailable("spool: history not readable, " + e.getMessage(), e);
    }
}
