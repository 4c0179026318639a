package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.engine.KnownIdentity;
import java.sql.SQLException;
import java.util.List;

/** Reads and writes the e-mail of each userId and anonymousId, inside the transaction of a group commit. */
final class IdentityTable {

    private static final int STRETCH = 5_000;

    private final SpoolConnection sql;
    private String forgetFrom = "";

    IdentityTable(SpoolConnection connection) {
        sql = connection;
    }

    /** The identity of a key; null if it is unknown. */
    KnownIdentity find(String key) throws SQLException {
        return sql.first(
                "SELECT email, user_id, seen_at FROM identity WHERE key = ?",
                row -> new KnownIdentity(row.getString(1), row.getString(2), row.getLong(3)),
                key);
    }

    void put(String key, KnownIdentity known) throws SQLException {
        sql.update(
                "INSERT OR REPLACE INTO identity (key, email, user_id, seen_at) VALUES (?, ?, ?, ?)",
                key,
                known.email(),
                known.userId(),
                known.seenAt());
    }

    long count() throws SQLException {
        return sql.number("SELECT count(*) FROM identity");
    }

    /**
     * Deletes, of the next 5,000 keys, those that were last used before a time. At the end of the table, it begins
     * again. Returns whether it deleted any.
     */
    boolean deleteOld(long before) throws SQLException {
        String from = forgetFrom;
        String last = sql.query(
                "SELECT max(key) FROM (SELECT key FROM identity WHERE key > ? ORDER BY key LIMIT " + STRETCH + ")",
                row -> row.getString(1),
                from);
        forgetFrom = last == null ? "" : last;
        return last != null
                && sql.update("DELETE FROM identity WHERE key > ? AND key <= ? AND seen_at < ?", from, last, before)
                        > 0;
    }

    /** Deletes all keys of an e-mail, and returns them. It reads the whole table. */
    List<String> forget(String email) throws SQLException {
        return sql.list("DELETE FROM identity WHERE email = ? RETURNING key", row -> row.getString(1), email);
    }
}
