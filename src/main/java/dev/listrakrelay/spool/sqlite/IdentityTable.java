package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.engine.KnownIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the e-mail of each userId and anonymousId, inside the transaction of a group commit. */
final class IdentityTable {

    private static final String FIND = "SELECT email, user_id, seen_at FROM identity WHERE key = ?";
    private static final int STRETCH = 5_000;

    private final PreparedStatement find;
    private final PreparedStatement put;
    private final PreparedStatement stretch;
    private final PreparedStatement deleteOld;
    private final PreparedStatement keysOf;
    private final PreparedStatement forget;
    private String forgetFrom = "";

    IdentityTable(Connection writer) throws SQLException {
        find = writer.prepareStatement(FIND);
        put = writer.prepareStatement(
                "INSERT OR REPLACE INTO identity (key, email, user_id, seen_at) VALUES (?, ?, ?, ?)");
        stretch = writer.prepareStatement(
                "SELECT max(key) FROM (SELECT key FROM identity WHERE key > ? ORDER BY key LIMIT " + STRETCH + ")");
        deleteOld = writer.prepareStatement("DELETE FROM identity WHERE key > ? AND key <= ? AND seen_at < ?");
        keysOf = writer.prepareStatement("SELECT key FROM identity WHERE email = ?");
        forget = writer.prepareStatement("DELETE FROM identity WHERE email = ?");
    }

    /** The identity of a key; null if it is unknown. */
    KnownIdentity find(String key) throws SQLException {
        return find(find, key);
    }

    /** Returns the identity of a key, over a connection that only reads. */
    static KnownIdentity find(Connection reader, String key) throws SQLException {
        try (PreparedStatement find = reader.prepareStatement(FIND)) {
            return find(find, key);
        }
    }

    private static KnownIdentity find(PreparedStatement find, String key) throws SQLException {
        find.setString(1, key);
        try (ResultSet row = find.executeQuery()) {
            return row.next() ? new KnownIdentity(row.getString(1), row.getString(2), row.getLong(3)) : null;
        }
    }

    void put(String key, KnownIdentity known) throws SQLException {
        put.setString(1, key);
        put.setString(2, known.email());
        put.setString(3, known.userId());
        put.setLong(4, known.seenAt());
        put.executeUpdate();
    }

    /**
     * Deletes, of the next 5,000 keys, those that were last used before a time. At the end of the table, it begins
     * again. Returns whether it deleted any.
     */
    boolean deleteOld(long before) throws SQLException {
        stretch.setString(1, forgetFrom);
        String last;
        try (ResultSet row = stretch.executeQuery()) {
            last = row.getString(1);
        }
        if (last == null) {
            forgetFrom = "";
            return false;
        }
        deleteOld.setString(1, forgetFrom);
        deleteOld.setString(2, last);
        deleteOld.setLong(3, before);
        forgetFrom = last;
        return deleteOld.executeUpdate() > 0;
    }

    /** Deletes all keys of an e-mail, and returns them. It reads the whole table. */
    List<String> forget(String email) throws SQLException {
        List<String> keys = new ArrayList<>();
        keysOf.setString(1, email);
        try (ResultSet row = keysOf.executeQuery()) {
            while (row.next()) {
                keys.add(row.getString(1));
            }
        }
        forget.setString(1, email);
        forget.executeUpdate();
        return keys;
    }
}
