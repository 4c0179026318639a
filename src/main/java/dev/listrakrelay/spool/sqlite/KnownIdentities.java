package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Learns from events that carry an e-mail whose it is, and fills it into those that don't, in the transaction that stores
 * them: what one event of a person told is known to the next, and outlasts whatever that event outlasts.
 *
 * <p>A userId says more than an anonymousId, for several people may share a browser: only where the userId is not known
 * is the anonymousId asked, and only if it was not told with another userId. Of one thread; the latest are in memory.
 */
final class KnownIdentities {

    private static final int MOST_IN_MEMORY = 20_000;
    private static final int MOST_CHARACTERS = 320;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final String USER = "userId:";
    private static final String ANONYMOUS = "anonymousId:";
    private static final IdentityTable.Known NOBODY = new IdentityTable.Known("", null, Long.MAX_VALUE);

    private final long ttl;
    private final Set<String> uncommitted = new HashSet<>();
    private IdentityTable table;

    private final Map<String, IdentityTable.Known> latest = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, IdentityTable.Known> eldest) {
            return size() > MOST_IN_MEMORY;
        }
    };

    /** Tells who a key stands for; null where nobody knows. */
    interface Directory {
        IdentityTable.Known find(String key) throws SQLException;
    }

    /** @param ttl how long one is known after it was last told or used; zero learns none */
    KnownIdentities(Connection writer, Duration ttl) throws SQLException {
        this.ttl = ttl.toMillis();
        prepare(writer);
    }

    void prepare(Connection writer) throws SQLException {
        table = new IdentityTable(writer);
    }

    /** Learns what the event tells; answers it as it is to be stored. */
    Event resolve(Event event, long now) throws SQLException {
        Identity told = event.identity();
        if (ttl == 0 || told.userId().isEmpty() && told.anonymousId().isEmpty()) {
            return event;
        }
        if (told.email().isEmpty()) {
            return email(told, key -> used(key, now)).map(event::knownBy).orElse(event);
        }
        String userId = told.userId().orElse(null);
        if (userId != null) {
            learn(USER + userId, told.email().get(), null, now);
        }
        if (told.anonymousId().isPresent()) {
            learn(ANONYMOUS + told.anonymousId().get(), told.email().get(), userId, now);
        }
        return event;
    }

    /** The e-mail that goes with what an event tells. */
    static Optional<String> email(Identity told, Directory known) throws SQLException {
        if (told.userId().isPresent()) {
            IdentityTable.Known user = known.find(USER + told.userId().get());
            if (user != null) {
                return Optional.of(user.email());
            }
        }
        if (told.anonymousId().isPresent()) {
            IdentityTable.Known browser =
                    known.find(ANONYMOUS + told.anonymousId().get());
            boolean isAnothers = browser != null
                    && browser.userId() != null
                    && told.userId().isPresent()
                    && !told.userId().get().equals(browser.userId());
            return browser == null || isAnothers ? Optional.empty() : Optional.of(browser.email());
        }
        return Optional.empty();
    }

    private void learn(String key, String email, String userId, long now) throws SQLException {
        if (key.length() > MOST_CHARACTERS || email.length() > MOST_CHARACTERS) {
            return;
        }
        IdentityTable.Known known = find(key, now);
        if (known == null || !known.is(email, userId) || isStale(known, now)) {
            put(key, new IdentityTable.Known(email, userId, now));
        }
    }

    private IdentityTable.Known used(String key, long now) throws SQLException {
        IdentityTable.Known known = find(key, now);
        if (known != null && isStale(known, now)) {
            put(key, new IdentityTable.Known(known.email(), known.userId(), now));
        }
        return known;
    }

    /** Whether it is time to write that it was seen: once a day, or ten times within its time to live. */
    private boolean isStale(IdentityTable.Known known, long now) {
        return now - known.seenAt() >= Math.min(DAY, ttl / 10);
    }

    private IdentityTable.Known find(String key, long now) throws SQLException {
        IdentityTable.Known known = latest.get(key);
        if (known == null) {
            IdentityTable.Known stored = table.find(key);
            known = stored == null ? NOBODY : stored;
            latest.put(key, known);
        }
        return known == NOBODY || known.seenAt() < now - ttl ? null : known;
    }

    private void put(String key, IdentityTable.Known known) throws SQLException {
        uncommitted.add(key);
        table.put(key, known);
        latest.put(key, known);
    }

    /** Forgets some that were neither told nor used for long; answers whether there were any. */
    boolean forgetOld(long now) throws SQLException {
        return table.forgetOld(now - ttl);
    }

    /** Forgets whom an e-mail belongs to; answers the userIds and anonymousIds that stood for it. */
    List<String> forget(String email) throws SQLException {
        List<String> keys = table.forget(email);
        uncommitted.addAll(keys);
        keys.forEach(latest::remove);
        return keys.stream()
                .map(key -> key.substring(key.indexOf(':') + 1))
                .distinct()
                .toList();
    }

    /** What was learned is on disk. */
    void committed() {
        uncommitted.clear();
    }

    /** What was learned is not: it is read from there again. */
    void undone() {
        uncommitted.forEach(latest::remove);
        uncommitted.clear();
    }
}
