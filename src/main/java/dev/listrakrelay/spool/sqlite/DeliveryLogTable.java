package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.DeliveryLog.UnsentRecord;
import dev.listrakrelay.spool.engine.DeliveryRecord;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes the records of the delivery log that are not sent yet, inside the transaction that settles their events. Rows
 * are deleted from the front only, so the ids have no gaps.
 */
final class DeliveryLogTable {

    /** Two queries in one: with both aggregates in the same one, SQLite would read all rows. */
    private static final String COUNT =
            """
            SELECT coalesce((SELECT max(id) FROM delivery_log) - (SELECT min(id) FROM delivery_log) + 1, 0),
              coalesce((SELECT max(id) FROM delivery_log), 0)""";

    private final SpoolConnection sql;
    private final UnsentLimit limit;

    DeliveryLogTable(SpoolConnection writer, UnsentLimit limit) {
        this.sql = writer;
        this.limit = limit;
    }

    /** Adds records. If there are too many then, it deletes the oldest ones. */
    void add(List<DeliveryRecord> records, long now) throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        for (DeliveryRecord record : records) {
            sql.update(
                    "INSERT INTO delivery_log (settled_at, contact_hash, record) VALUES (?, ?, ?)",
                    now,
                    record.contactHash(),
                    record.json());
        }
        long tooManyUpTo = sql.query(COUNT, row -> row.getLong(1) > limit.most() ? row.getLong(2) - limit.most() : 0);
        if (tooManyUpTo > 0) {
            limit.lost(deleteTo(tooManyUpTo));
        }
    }

    /** Deletes all records up to an id. Returns their number. */
    int deleteTo(long id) throws SQLException {
        return sql.update("DELETE FROM delivery_log WHERE id <= ?", id);
    }

    /** The number of records, read over another connection. */
    static long count(SpoolConnection reader) throws SQLException {
        return reader.number(COUNT);
    }

    /** The first records, read over another connection. */
    static List<UnsentRecord> first(SpoolConnection reader, int max) throws SQLException {
        return reader.list(
                "SELECT id, record FROM delivery_log ORDER BY id LIMIT ?",
                row -> new UnsentRecord(row.getLong(1), row.getString(2)),
                max);
    }
}
