package dev.listrakrelay.spool.sqlite;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;

/** Reads single stored events. It keeps the events of the blocks that it read last, because the next one is often there. */
final class EventLookup {

    private final SpoolConnection connection;
    private final LongPredicate isWanted;
    private final Map<Long, EventBlock.Stored> read = new HashMap<>();

    EventLookup(SpoolConnection connection) {
        this(connection, any -> true);
    }

    /** @param isWanted whether {@link #get} may be called with a seq. It does not read the other events of a block. */
    EventLookup(SpoolConnection connection, LongPredicate isWanted) {
        this.connection = connection;
        this.isWanted = isWanted;
    }

    /** Returns an event; null if it is no longer stored. */
    EventBlock.Stored get(long seq) throws SQLException {
        if (!read.containsKey(seq)) {
            read.clear();
            EventBlock.of(connection, seq, isWanted).forEach(stored -> read.put(stored.seq(), stored));
        }
        return read.get(seq);
    }
}
