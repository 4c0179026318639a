package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.AmbiguousEvent;
import dev.listrakrelay.spool.SentRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds the pending events that an earlier process may have sent. A start calls it before it changes any lane.
 *
 * <p>After a kill these are the events of the requests under way. After a power cut nobody knows which requests were
 * under way; they can have had only events that are open, or are among the next of their lane.
 */
final class UnsureEvents {

    private static final String PENDING =
            """
            SELECT seq FROM event JOIN lane USING (lane)
            WHERE last >= ?1 AND first <= ?2 AND seq BETWEEN ?1 AND ?2 AND contact_from IS NOT 'forgotten'
              AND (seq > head OR seq IN (SELECT seq FROM open))""";

    private static final String NEXT =
            "SELECT " + EventBlock.COLUMNS + " FROM block WHERE lane = ? AND last > ? ORDER BY last";

    /** The accepted requests of the events of a block. */
    private static final String ACCEPTED = "SELECT at, seqs FROM history WHERE block = ? AND outcome = '"
            + SentRequest.ATTEMPTED + "' AND reason LIKE '%\"status\":2__,%' ORDER BY at";

    private final SpoolConnection sql;
    private final SpoolTables tables;
    private final String destination;

    /** @param name name of the spool */
    UnsureEvents(SpoolConnection writer, SpoolTables tables, String name) {
        this.sql = writer;
        this.tables = tables;
        this.destination = name.equals("events") ? "listrak" : name;
    }

    /** Writes them to the history and to the list of ambiguous events. After a power cut, the time is {@code now}. */
    void note(InFlightFile.Notes notes, Instant now) throws SQLException {
        if (notes.isExact()) {
            for (InFlightNote note : notes.notes()) {
                sent(pending(note), note.at(), AmbiguousEvent.KILL);
            }
        } else {
            sent(nextOfEachLane(notes.batch()), now, AmbiguousEvent.POWER_CUT);
        }
        for (Map.Entry<Instant, List<Long>> accepted : acceptedInPart().entrySet()) {
            tables.ambiguous().restarted(accepted.getValue(), destination, accepted.getKey());
        }
    }

    private void sent(List<Long> seqs, Instant at, String cause) throws SQLException {
        if (!seqs.isEmpty()) {
            SentRequest sent = new SentRequest(at, destination, 0, 0, 0, true, cause, seqs);
            tables.history().note(sent.step(), seqs);
            tables.ambiguous().sent(sent, seqs);
        }
    }

    private List<Long> pending(InFlightNote note) throws SQLException {
        return sql.numbers(PENDING, Collections.min(note.seqs()), Collections.max(note.seqs())).stream()
                .filter(note::contains)
                .toList();
    }

    private List<Long> nextOfEachLane(int batch) throws SQLException {
        List<Long> seqs = open();
        sql.forEach("SELECT lane, head FROM lane", lane -> {
            long head = lane.getLong(2);
            sql.query(NEXT, block -> addFirst(batch, block, head, seqs), lane.getInt(1), head);
        });
        return seqs;
    }

    private static int addFirst(int most, ResultSet block, long head, List<Long> seqs) throws SQLException {
        int left = most;
        while (left > 0 && block.next()) {
            List<EventBlock.Stored> events = EventBlock.read(block, seq -> seq > head);
            events.stream().limit(left).map(EventBlock.Stored::seq).forEach(seqs::add);
            left -= events.size();
        }
        return left;
    }

    private List<Long> open() throws SQLException {
        return sql.numbers("SELECT seq FROM open");
    }

    /**
     * The open events of which a request was accepted, by its time. Such an event has several parts, and only the
     * process that ended knew which of them were accepted.
     */
    private Map<Instant, List<Long>> acceptedInPart() throws SQLException {
        Map<Instant, List<Long>> accepted = new TreeMap<>();
        Set<Long> left = new TreeSet<>(open());
        Set<Long> blocks = left.stream().map(SeqBlocks::of).collect(Collectors.toCollection(TreeSet::new));
        for (long block : blocks) {
            sql.forEach(
                    ACCEPTED,
                    row -> {
                        Instant at = Instant.ofEpochMilli(row.getLong(1));
                        for (long seq : SeqBlocks.unpack(block, row.getBytes(2))) {
                            if (left.remove(seq)) {
                                accepted.computeIfAbsent(at, first -> new ArrayList<>())
                                        .add(seq);
                            }
                        }
                    },
                    block);
        }
        return accepted;
    }
}
