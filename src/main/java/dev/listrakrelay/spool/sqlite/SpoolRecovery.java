package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.AmbiguousEvent;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.lane.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Continues with the files that an earlier process left.
 *
 * @param inFlight the file of the requests under way; there are none now
 * @param sentBefore the seqs of the events that an earlier process may have sent
 */
record SpoolRecovery(InFlightFile inFlight, Set<Long> sentBefore, List<Lane> lanes) {

    /** Reads the files, and begins the one of the requests anew. Call it before anything else is written. */
    static SpoolRecovery of(
            Path inFlightFile, String name, SpoolConnection writer, SpoolTables tables, int lanes, Instant now)
            throws IOException, SQLException {
        // by the lanes as the earlier process left them
        for (UnsureEvents.Unsure unsure : new UnsureEvents(writer).find(InFlightFile.read(inFlightFile), now)) {
            note(unsure, name, tables);
        }
        writer.commit();
        Set<Long> sentBefore = tables.ambiguous().pending();
        // its notes are in the tables now
        InFlightFile inFlight = new InFlightFile(inFlightFile, lanes);
        return new SpoolRecovery(inFlight, sentBefore, new LaneTable(writer).load(lanes));
    }

    private static void note(UnsureEvents.Unsure unsure, String name, SpoolTables tables) throws SQLException {
        String destination = name.equals("events") ? "listrak" : name;
        if (unsure.cause().equals(AmbiguousEvent.RESTART)) {
            tables.ambiguous().restarted(unsure.seqs(), destination, unsure.at());
        } else if (!unsure.seqs().isEmpty()) {
            SentRequest sent = new SentRequest(unsure.at(), destination, 0, 0, 0, true, unsure.cause(), unsure.seqs());
            tables.history().note(sent.step(), unsure.seqs());
            tables.ambiguous().sent(sent, unsure.seqs());
        }
    }
}
