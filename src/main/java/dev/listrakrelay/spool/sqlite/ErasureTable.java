package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.lane.EventId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Removes what is forgotten, inside the transaction of a group commit, and lets SQLite overwrite where it was. */
final class ErasureTable implements AutoCloseable {

    private static final String PENDING =
            """
            SELECT source, message_id, received_at, seq > (SELECT seq FROM seen_up_to) AS young,
              seq IN (SELECT seq FROM open)
                OR seq > coalesce((SELECT head FROM lane WHERE lane.lane = event.lane), 0) AS pending
            FROM event WHERE seq = ?""";

    private final Statement pragma;
    private final PreparedStatement find;
    private final PreparedStatement blank;
    private final PreparedStatement blankOpen;
    private final PreparedStatement deleteEvent;
    private final PreparedStatement deleteLetter;
    private final PreparedStatement deleteReplay;
    private final int secureDelete;

    ErasureTable(Connection writer) throws SQLException {
        pragma = writer.createStatement();
        try (ResultSet row = pragma.executeQuery("PRAGMA secure_delete")) {
            secureDelete = row.getInt(1);
        }
        pragma.execute("PRAGMA secure_delete=ON");
        find = writer.prepareStatement(PENDING);
        blank = writer.prepareStatement("UPDATE event SET message_id = 'forgotten-' || seq, name = '', contact = ?1,"
                + " contact_from = ?1, raw = x'7b7d' WHERE seq = ?2");
        blankOpen = writer.prepareStatement("UPDATE open SET contact = ?1 WHERE seq = ?2");
        deleteEvent = writer.prepareStatement("DELETE FROM event WHERE seq = ?");
        deleteLetter = writer.prepareStatement("DELETE FROM dead WHERE seq = ?");
        deleteReplay = writer.prepareStatement("DELETE FROM replay WHERE seq = ?");
    }

    /** What there was of an event. */
    record Found(SeenTable.Seen id, boolean isYoung, boolean isPending) {}

    /** Null where there is no such event any more. */
    Found find(long seq) throws SQLException {
        find.setLong(1, seq);
        try (ResultSet row = find.executeQuery()) {
            return row.next()
                    ? new Found(
                            new SeenTable.Seen(EventId.of(row.getString(1), row.getString(2)), row.getLong(3)),
                            row.getBoolean(4),
                            row.getBoolean(5))
                    : null;
        }
    }

    /** Leaves of a pending event no more than that it is there. */
    void blank(long seq) throws SQLException {
        for (PreparedStatement statement : List.of(blank, blankOpen)) {
            statement.setString(1, EventRow.FORGOTTEN);
            statement.setLong(2, seq);
            statement.executeUpdate();
        }
    }

    void deleteEvent(long seq) throws SQLException {
        delete(deleteEvent, seq);
    }

    boolean deleteLetter(long seq) throws SQLException {
        return delete(deleteLetter, seq);
    }

    void deleteReplay(long seq) throws SQLException {
        delete(deleteReplay, seq);
    }

    private static boolean delete(PreparedStatement statement, long seq) throws SQLException {
        statement.setLong(1, seq);
        return statement.executeUpdate() > 0;
    }

    /** Leaves of the answer to a request no more than that there was one: it is about others too. */
    void blankAnswer(long seq) throws SQLException {
        pragma.executeUpdate("UPDATE dead SET answer = '' WHERE seq = " + seq);
    }

    /** Leaves out why something happened. */
    void blankReason(long step) throws SQLException {
        pragma.executeUpdate("UPDATE history SET reason = '' WHERE id = " + step);
    }

    @Override
    public void close() throws SQLException {
        try (pragma;
                find;
                blank;
                blankOpen;
                deleteEvent;
                deleteLetter;
                deleteReplay) {
            pragma.execute("PRAGMA secure_delete=" + (secureDelete == 2 ? "FAST" : secureDelete));
        }
    }
}
