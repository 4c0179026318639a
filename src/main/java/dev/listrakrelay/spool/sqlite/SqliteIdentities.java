package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Identities;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Looks up who is known, through a connection that reads alone; writes nothing, not even that someone was seen. */
final class SqliteIdentities implements Identities {

    private final Connection reader;
    private final Duration ttl;
    private final Clock clock;

    SqliteIdentities(Connection reader, Duration ttl, Clock clock) {
        this.reader = reader;
        this.ttl = ttl;
        this.clock = clock;
    }

    @Override
    public Optional<String> email(Identity told) {
        synchronized (reader) {
            try {
                return KnownIdentities.email(told, this::find);
            } catch (SQLException e) {
                throw unreadable(e);
            }
        }
    }

    private IdentityTable.Known find(String key) throws SQLException {
        IdentityTable.Known known = IdentityTable.find(reader, key);
        return known == null || known.seenAt() < clock.millis() - ttl.toMillis() ? null : known;
    }

    @Override
    public long count() {
        synchronized (reader) {
            try (Statement statement = reader.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*) FROM identity")) {
                return row.getLong(1);
            } catch (SQLException e) {
                throw unreadable(e);
            }
        }
    }

    private static SpoolUnavailable unreadable(SQLException e) {
        return new SpoolUnavailable("spool: identities not readable, " + e.getMessage(), e);
    }
}
