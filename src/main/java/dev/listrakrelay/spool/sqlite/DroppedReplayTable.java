package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.engine.StoredIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes which dropped events wait for their replay, inside the transaction of a group commit. While an event waits,
 * its row is not deleted.
 *
 * <p>An event is added only if its last step says that it was dropped. Its replay is a later step, so it is replayed
 * once.
 */
final class DroppedReplayTable {

    /**
     * Creates the table in an existing file, too. An older release ignores it, so the events that wait in it stay
     * dropped.
     */
    static final String TABLE =
            "CREATE TABLE IF NOT EXISTS dropped_replay (seq INTEGER PRIMARY KEY, reason TEXT NOT NULL)";

    private static final String DROPPED = "dropped";
    private static final String FORGOTTEN = "forgotten";

    private final PreparedStatement steps;
    private final PreparedStatement add;
    private final PreparedStatement remove;
    private final EventLookup events;

    private record Step(String outcome, String reason) {}

    DroppedReplayTable(Connection writer) throws SQLException {
        steps = writer.prepareStatement("SELECT outcome, reason, seqs FROM history WHERE block = ? ORDER BY id");
        add = writer.prepareStatement("INSERT OR IGNORE INTO dropped_replay VALUES (?, ?)");
        remove = writer.prepareStatement("DELETE FROM dropped_replay WHERE seq = ?");
        events = new EventLookup(writer);
    }

    /**
     * Adds the dropped ones of some events, which are in one block of 4,096 seqs. Returns how many did not wait before.
     */
    int add(long block, Collection<Long> seqs) throws SQLException {
        Map<Long, Step> last = lastSteps(block);
        int added = 0;
        for (long seq : seqs) {
            Step step = last.get(seq);
            if (step != null && step.outcome().equals(DROPPED) && !step.reason().equals(FORGOTTEN)) {
                add.setLong(1, seq);
                add.setString(2, step.reason());
                added += add.executeUpdate();
            }
        }
        return added;
    }

    private Map<Long, Step> lastSteps(long block) throws SQLException {
        Map<Long, Step> last = new HashMap<>();
        steps.setLong(1, block);
        try (ResultSet row = steps.executeQuery()) {
            while (row.next()) {
                Step step = new Step(row.getString(1), row.getString(2));
                if (!SentRequest.isRequest(step.outcome())) {
                    for (long seq : SeqBlocks.unpack(block, row.getBytes(3))) {
                        last.put(seq, step);
                    }
                }
            }
        }
        return last;
    }

    /**
     * Returns an event with its userId and anonymousId, so that an e-mail learned meanwhile is found; null if the event
     * was forgotten.
     */
    Event get(long seq) throws SQLException {
        EventBlock.Stored stored = events.get(seq);
        return stored == null ? null : StoredIdentity.of(stored.event());
    }

    /** Forgets the blocks that were read for {@link #get}. */
    void doneReading() {
        events.doneReading();
    }

    /** Removes an event that was replayed, or does not exist any more. */
    void remove(long seq) throws SQLException {
        remove.setLong(1, seq);
        remove.executeUpdate();
    }

    /** Groups seqs by their blocks of 4,096 seqs, in order. */
    static Map<Long, List<Long>> byBlock(Collection<Long> seqs) {
        Map<Long, List<Long>> blocks = new TreeMap<>();
        seqs.forEach(seq -> blocks.computeIfAbsent(SeqBlocks.of(seq), block -> new ArrayList<>())
                .add(seq));
        return blocks;
    }
}
