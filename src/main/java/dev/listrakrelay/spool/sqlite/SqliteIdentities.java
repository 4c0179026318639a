package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Identities;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.engine.IdentityResolver;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Looks up e-mails by userId and anonymousId. It writes nothing, not even the time of the look-up. */
final class SqliteIdentities implements Identities {

    private final Connection reader;
    private final IdentityResolver resolver;
    private final Clock clock;

    SqliteIdentities(Connection reader, Duration ttl, Clock clock) {
        this.reader = reader;
        this.resolver = new IdentityResolver(ttl);
        this.clock = clock;
    }

    @Override
    public Optional<String> email(Identity identity) {
        synchronized (reader) {
            try {
                return resolver.email(identity, key -> IdentityTable.find(reader, key), clock.millis());
            } catch (SQLException e) {
                throw unreadable(e);
            }
        }
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
        return new SpoolUnavailable("spool: can't read the identities, " + e.getMessage(), e);
    }
}
