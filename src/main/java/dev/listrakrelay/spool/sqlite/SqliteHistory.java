package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.EventHistory;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.SentRequest;
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
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Finds events and their steps over a connection that only reads. Only seq has an index, because each further index
 * would make every append slower. So a search reads the events from the newest to the oldest until it has found enough.
 */
final class SqliteHistory implements EventHistory {

    private static final String ACCEPTED = "accepted";
    private static final int MOST_STEPS = 1_000;
    private static final String STEPS = "SELECT at, outcome, reason, seqs FROM history WHERE block = ? ORDER BY id";

    private final Connection reader;

    SqliteHistory(Connection reader) {
        this.reader = reader;
    }

    @Override
    public List<TracedEvent> find(Search search) {
        List<TracedEvent> found = new ArrayList<>();
        scan(search, null, event -> found.add(event) && found.size() < search.limit());
        return found;
    }

    @Override
    public void walk(Search search, Predicate<byte[]> isOfInterest, Predicate<TracedEvent> isMoreWanted) {
        scan(search, isOfInterest, isMoreWanted);
    }

    @Override
    public void skim(Search search, Predicate<TracedEvent> isMoreWanted) {
        scan(search, null, isMoreWanted);
    }

    @Override
    public OptionalLong accepted(Instant from, Instant to) {
        synchronized (reader) {
            try {
                return OptionalLong.of(AcceptedIds.count(reader, from.toEpochMilli(), to.toEpochMilli()));
            } catch (SQLException e) {
                throw unreadable(e);
            }
        }
    }

    private void scan(Search search, Predicate<byte[]> isOfInterest, Predicate<TracedEvent> isMoreWanted) {
        synchronized (reader) {
            try (EventScan blocks = new EventScan(reader, search, isOfInterest);
                    LanePositions positions = new LanePositions(reader)) {
                scan(search, blocks, positions, isMoreWanted);
            } catch (SQLException e) {
                throw unreadable(e);
            }
        }
    }

    private void scan(Search search, EventScan blocks, LanePositions positions, Predicate<TracedEvent> isMoreWanted)
            throws SQLException {
        long block = -1;
        Map<Long, EventStep> last = Map.of();
        for (List<EventBlock.Stored> next = blocks.next(); !next.isEmpty(); next = blocks.next()) {
            for (EventBlock.Stored stored : next) {
                if (SeqBlocks.of(stored.seq()) != block) {
                    block = SeqBlocks.of(stored.seq());
                    last = lastSteps(block);
                }
                EventStep known = last.get(stored.seq());
                EventStep step = known == null ? first(stored, positions) : known;
                if (search.finds(stored.event(), step.outcome())
                        && !isMoreWanted.test(
                                new TracedEvent(stored.event(), List.of(step), positions.waiting(stored)))) {
                    return;
                }
            }
        }
    }

    @Override
    public Optional<TracedEvent> get(long seq) {
        synchronized (reader) {
            try (PreparedStatement select = reader.prepareStatement(
                    "SELECT " + EventBlock.COLUMNS + " FROM block WHERE " + EventBlock.OF_SEQ)) {
                select.setLong(1, seq);
                try (ResultSet row = select.executeQuery();
                        LanePositions positions = new LanePositions(reader)) {
                    while (row.next()) {
                        for (EventBlock.Stored stored : EventBlock.read(row, one -> one == seq)) {
                            return Optional.of(new TracedEvent(
                                    stored.event(), steps(seq, first(stored, positions)), positions.waiting(stored)));
                        }
                    }
                    return Optional.empty();
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
                    if (SentRequest.isRequest(step.outcome())) {
                        continue;
                    }
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

    /** The step of an event of which no steps are stored: accepted or settled. */
    private static EventStep first(EventBlock.Stored stored, LanePositions positions) throws SQLException {
        boolean isPending = positions.waiting(stored).isPresent();
        return new EventStep(stored.event().pendingSince(), isPending ? ACCEPTED : "settled", "");
    }

    private static EventStep step(ResultSet row) throws SQLException {
        return new EventStep(Instant.ofEpochMilli(row.getLong(1)), row.getString(2), row.getString(3));
    }

    private static SpoolUnavailable unreadable(SQLException e) {
        return new SpoolUnavailable("spool: can't read the history, " + e.getMessage(), e);
    }
}
