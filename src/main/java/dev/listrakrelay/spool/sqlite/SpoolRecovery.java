package dev.listrakrelay.spool.sqlite;

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
        new UnsureEvents(writer, tables, name).note(InFlightFile.read(inFlightFile), now);
        writer.commit();
        Set<Long> sentBefore = tables.ambiguous().pending();
        // its notes are in the tables now
        InFlightFile inFlight = new InFlightFile(inFlightFile, lanes);
        return new SpoolRecovery(inFlight, sentBefore, new LaneTable(writer).load(lanes));
    }
}
