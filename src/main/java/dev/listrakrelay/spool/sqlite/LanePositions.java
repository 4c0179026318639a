package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.TracedEvent.Waiting;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Decides which events are pending, by the heads of the lanes at the time of its creation. */
final class LanePositions {

    private final Map<Integer, Long> heads = new HashMap<>();
    private final SpoolConnection reader;

    /** @param reader connection; use this object within one of its transactions or open results */
    LanePositions(SpoolConnection reader) throws SQLException {
        this.reader = reader;
        reader.forEach("SELECT lane, head FROM lane", row -> heads.put(row.getInt(1), row.getLong(2)));
    }

    /** Whether the event is after its lane's head, so that no batch with it is settled yet. */
    boolean isBehindHead(EventBlock.Stored event) {
        return event.seq() > heads.getOrDefault(event.lane(), 0L);
    }

    /** The lane of a pending event, and when it is due; empty if the event is settled. */
    Optional<Waiting> waiting(EventBlock.Stored event) throws SQLException {
        if (isBehindHead(event)) {
            return Optional.of(new Waiting(event.lane(), Instant.EPOCH));
        }
        return Optional.ofNullable(reader.first(
                "SELECT lane, due FROM open WHERE seq = ?",
                row -> new Waiting(row.getInt(1), Instant.ofEpochMilli(row.getLong(2))),
                event.seq()));
    }
}
