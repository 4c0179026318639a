package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.DeliveryLog.UnsentRecord;
import dev.listrakrelay.spool.engine.DeliveryRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the records of the delivery log that are not sent yet, inside the transaction that settles their events. Rows
 * are deleted from the front only, so the ids have no gaps.
 */
final class DeliveryLogTable {

    /**
     * Creates the table in an existing file, too. An older release ignores it. {@code contact_hash} finds the records of
     * a contact that is to be forgotten. No id is given twice, so a row that is
     * deleted as sent is always the row that was sent.
     */
    static final String TABLE =
            """
            CREATE TABLE IF NOT EXISTS delivery_log (
              id INTEGER PRIMARY KEY AUTOINCREMENT, settled_at INTEGER NOT NULL, contact_hash TEXT NOT NULL,
              record TEXT NOT NULL)""";

    /** Two queries in one: with both aggregates in the same one, SQLite would read all rows. */
    private static final String COUNT =
            """
            SELECT coalesce((SELECT max(id) FROM delivery_log) - (SELECT min(id) FROM delivery_log) + 1, 0),
              coalesce((SELECT max(id) FROM delivery_log), 0)""";

    private final UnsentLimit limit;
    private final PreparedStatement insert;
    private final PreparedStatement count;
    private final PreparedStatement delete;

    DeliveryLogTable(Connection writer, UnsentLimit limit) throws SQLException {
        this.limit = limit;
        insert =
                writer.prepareStatement("INSERT INTO delivery_log (settled_at, contact_hash, record) VALUES (?, ?, ?)");
        count = writer.prepareStatement(COUNT);
        delete = writer.prepareStatement("DELETE FROM delivery_log WHERE id <= ?");
    }

    /** Adds records. If there are too many then, it deletes the oldest ones. */
    void add(List<DeliveryRecord> records, long now) throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        for (DeliveryRecord record : records) {
            insert.setLong(1, now);
            insert.setString(2, record.contactHash());
            insert.setString(3, record.json());
            insert.executeUpdate();
        }
        try (ResultSet row = count.executeQuery()) {
            if (row.getLong(1) > limit.most()) {
                limit.lost(deleteTo(row.getLong(2) - limit.most()));
            }
        }
    }

    /** Deletes all records up to an id. Returns their number. */
    int deleteTo(long id) throws SQLException {
        delete.setLong(1, id);
        return delete.executeUpdate();
    }

    /** The number of records, read over another connection. */
    static long count(Connection reader) throws SQLException {
        try (PreparedStatement count = reader.prepareStatement(COUNT);
                ResultSet row = count.executeQuery()) {
            return row.getLong(1);
        }
    }

    /** The first records, read over another connection. */
    static List<UnsentRecord> first(Connection reader, int max) throws SQLException {
        try (PreparedStatement first =
                reader.prepareStatement("SELECT id, record FROM delivery_log ORDER BY id LIMIT " + max)) {
            List<UnsentRecord> records = new ArrayList<>();
            try (ResultSet row = first.executeQuery()) {
                while (row.next()) {
                    records.add(new UnsentRecord(row.getLong(1), row.getString(2)));
                }
            }
            return records;
        }
    }
}
