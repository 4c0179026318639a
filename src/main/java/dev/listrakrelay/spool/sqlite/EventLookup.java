package dev.listrakrelay.spool.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Reads single stored events. It keeps the events of the blocks that it read last, because the next one is often there. */
final class EventLookup {

    private final PreparedStatement find;
    private final Map<Long, EventBlock.Stored> read = new HashMap<>();

    EventLookup(Connection connection) throws SQLException {
        find = connection.prepareStatement("SELECT " + EventBlock.COLUMNS + " FROM block WHERE " + EventBlock.OF_SEQ);
    }

    /** Returns an event; null if it is no longer stored. */
    EventBlock.Stored get(long seq) throws SQLException {
        if (!read.containsKey(seq)) {
            read.clear();
            find.setLong(1, seq);
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    for (EventBlock.Stored stored : EventBlock.read(row, any -> true)) {
                        read.put(stored.seq(), stored);
                    }
                }
            }
        }
        return read.get(seq);
    }

    /** Forgets what was read. */
    void doneReading() {
        read.clear();
    }
}
