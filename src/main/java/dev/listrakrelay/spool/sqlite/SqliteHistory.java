package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.EventHistory;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.TracedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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
    private static final String WHAT = "the history";

    private final SpoolConnection reader;

    SqliteHistory(SpoolConnection reader) {
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
        return OptionalLong.of(
                reader.read(WHAT, () -> RunTable.countAccepted(reader, from.toEpochMilli(), to.toEpochMilli())));
    }

    private void scan(Search search, Predicate<byte[]> isOfInterest, Predicate<TracedEvent> isMoreWanted) {
        reader.read(WHAT, () -> {
            EventScan.of(reader, search, isOfInterest, blocks -> offer(search, blocks, isMoreWanted));
            return null;
        });
    }

    private void offer(Search search, EventScan blocks, Predicate<TracedEvent> isMoreWanted) throws SQLException {
        LanePositions positions = new LanePositions(reader);
        long block = -1;
        Map<Long, EventStep> last = Map.of();
        for (List<EventBlock.Stored> next = blocks.next(); !next.isEmpty(); next = blocks.next()) {
            for (EventBlock.Stored stored : next) {
                if (SeqBlocks.of(stored.seq()) != block) {
                    block = SeqBlocks.of(stored.seq());
                    last = HistoryTable.lastSteps(reader, block);
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
        return reader.read(WHAT, () -> reader.query(EventBlock.SELECT_OF_SEQ, blocks -> traced(seq, blocks), seq));
    }

    /** Reads the event, its position and its steps in one state of the file, because the result is open. */
    private Optional<TracedEvent> traced(long seq, ResultSet blocks) throws SQLException {
        while (blocks.next()) {
            for (EventBlock.Stored stored : EventBlock.read(blocks, one -> one == seq)) {
                LanePositions positions = new LanePositions(reader);
                return Optional.of(new TracedEvent(
                        stored.event(), steps(seq, first(stored, positions)), positions.waiting(stored)));
            }
        }
        return Optional.empty();
    }

    private List<EventStep> steps(long seq, EventStep first) throws SQLException {
        List<EventStep> steps = new ArrayList<>(List.of(new EventStep(first.at(), ACCEPTED, "")));
        steps.addAll(HistoryTable.steps(reader, seq));
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
}
