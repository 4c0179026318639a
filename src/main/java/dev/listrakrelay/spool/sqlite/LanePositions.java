package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.TracedEvent.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tells which events wait, as it was when this was made. */
final class LanePositions implements AutoCloseable {

    private final Map<Integer, Long> heads = new HashMap<>();
    private final PreparedStatement open;

    /** @param reader to be used within one transaction, or one open result */
    LanePositions(Connection reader) throws SQLException {
        open = reader.prepareStatement("SELECT lane, due FROM open WHERE seq = ?");
        try (Statement statement = reader.createStatement();
                ResultSet row = statement.executeQuery("SELECT lane, head FROM lane")) {
            while (row.next()) {
                heads.put(row.getInt(1), row.getLong(2));
            }
        }
    }

    /** Whether it was not handed out yet, or not to the end. */
    boolean isBehindHead(EventBlock.Stored event) {
        return event.seq() > heads.getOrDefault(event.lane(), 0L);
    }

    /** On which lane it waits, and until when it has to; empty where it is settled. */
    Optional<Waiting> waiting(EventBlock.Stored event) throws SQLException {
        if (isBehindHead(event)) {
            return Optional.of(new Waiting(event.lane(), Instant.EPOCH));
        }
        open.setLong(1, event.seq());
        try (ResultSet row = open.executeQuery()) {
            return row.next()
                    ? Optional.of(new Waiting(row.getInt(1), Instant.ofEpochMilli(row.getLong(2))))
                    : Optional.empty();
        }
    }

    @Override
    public void close() throws SQLException {
        open.close();
    }
}
