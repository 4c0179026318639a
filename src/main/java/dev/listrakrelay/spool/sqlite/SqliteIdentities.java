package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Identities;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.engine.IdentityResolver;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Looks up e-mails by userId and anonymousId. It writes nothing, not even the time of the look-up. */
final class SqliteIdentities implements Identities {

    private final SpoolConnection reader;
    private final IdentityTable table;
    private final IdentityResolver resolver;
    private final Clock clock;

    SqliteIdentities(SpoolConnection reader, Duration ttl, Clock clock) {
        this.reader = reader;
        this.table = new IdentityTable(reader);
        this.resolver = new IdentityResolver(ttl);
        this.clock = clock;
    }

    @Override
    public Optional<String> email(Identity identity) {
        return reader.read("the identities", () -> resolver.email(identity, table::find, clock.millis()));
    }

    @Override
    public long count() {
        return reader.read("the identities", table::count);
    }
}
