package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.engine.IdentityResolver;
import dev.listrakrelay.spool.engine.KnownIdentity;
import dev.listrakrelay.spool.engine.LatestIdentities;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Learns and fills in e-mails in the transaction that stores an event, so that the next event finds them and a crash
 * loses neither or both. The latest ones are in memory. Only the thread that writes uses it.
 */
final class KnownIdentities implements IdentityResolver.Memory<SQLException> {

    private static final int MOST_IN_MEMORY = 20_000;
    private static final KnownIdentity NOBODY = new KnownIdentity("", null, Long.MAX_VALUE);

    private final IdentityResolver resolver;
    private final Set<String> uncommitted = new HashSet<>();
    private final IdentityTable table;

    private final Map<String, KnownIdentity> latest = new LatestIdentities(MOST_IN_MEMORY);

    /** @param ttl time to keep an identity after its last use; zero learns none */
    KnownIdentities(SpoolConnection writer, Duration ttl) {
        this.resolver = new IdentityResolver(ttl);
        this.table = new IdentityTable(writer);
    }

    /** Learns from an event, and returns it as it is to be stored. */
    Event resolve(Event event, long now) throws SQLException {
        return resolver.resolve(event, this, now);
    }

    @Override
    public KnownIdentity find(String key) throws SQLException {
        KnownIdentity known = latest.get(key);
        if (known == null) {
            KnownIdentity stored = table.find(key);
            known = stored == null ? NOBODY : stored;
            latest.put(key, known);
        }
        return known == NOBODY ? null : known;
    }

    @Override
    public void put(String key, KnownIdentity known) throws SQLException {
        uncommitted.add(key);
        table.put(key, known);
        latest.put(key, known);
    }

    /** Deletes some identities that were not used for long. Returns whether there were any. */
    boolean deleteOld(long now) throws SQLException {
        return table.deleteOld(resolver.oldest(now));
    }

    /** Deletes the identities of an e-mail, and returns their userIds and anonymousIds. */
    List<String> forget(String email) throws SQLException {
        List<String> keys = table.forget(email);
        uncommitted.addAll(keys);
        keys.forEach(latest::remove);
        return IdentityResolver.ids(keys);
    }

    /** Keeps what was learned. Call it after a commit. */
    void committed() {
        uncommitted.clear();
    }

    /** Forgets what was learned since the last commit, so that it is read from disk again. Call it after a rollback. */
    void rolledBack() {
        uncommitted.forEach(latest::remove);
        uncommitted.clear();
    }
}
