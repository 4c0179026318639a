package dev.listrakrelay.spool.engine;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Learns which e-mail belongs to a userId or anonymousId from events that have all of them, and fills the e-mail into events
 * without one.
 *
 * <p>The userId comes first, because several people may share a browser. The anonymousId counts only if the userId is
 * unknown, and if the anonymousId did not come with another userId.
 */
public final class IdentityResolver {

    private static final int MOST_CHARACTERS = 320;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final String USER = "userId:";
    private static final String ANONYMOUS = "anonymousId:";

    private final long ttl;

    /**
     * Finds the identity of a key; null if it is unknown.
     *
     * @param <X> exception of a failed look-up
     */
    public interface Directory<X extends Exception> {
        KnownIdentity find(String key) throws X;
    }

    /**
     * Finds and stores the identity of a key.
     *
     * @param <X> exception of a failed look-up or write
     */
    public interface Memory<X extends Exception> extends Directory<X> {
        void put(String key, KnownIdentity known) throws X;
    }

    /** @param ttl time to keep an identity after its last use; zero learns none */
    public IdentityResolver(Duration ttl) {
        this.ttl = ttl.toMillis();
    }

    /** Learns from an event, and returns it as it is to be stored. */
    public <X extends Exception> Event resolve(Event event, Memory<X> memory, long now) throws X {
        Identity told = event.identity();
        if (ttl == 0 || told.userId().isEmpty() && told.anonymousId().isEmpty()) {
            return event;
        }
        if (told.email().isEmpty()) {
            return email(told, key -> used(key, memory, now))
                    .map(event::knownBy)
                    .orElse(event);
        }
        String userId = told.userId().orElse(null);
        if (userId != null) {
            learn(USER + userId, new KnownIdentity(told.email().get(), null, now), memory);
        }
        if (told.anonymousId().isPresent()) {
            learn(
                    ANONYMOUS + told.anonymousId().get(),
                    new KnownIdentity(told.email().get(), userId, now),
                    memory);
        }
        return event;
    }

    /** The e-mail that goes with what an event tells; learns nothing, not even that someone was seen. */
    public <X extends Exception> Optional<String> email(Identity told, Directory<X> directory, long now) throws X {
        return email(told, key -> living(directory.find(key), now));
    }

    private static <X extends Exception> Optional<String> email(Identity told, Directory<X> known) throws X {
        if (told.userId().isPresent()) {
            KnownIdentity user = known.find(USER + told.userId().get());
            if (user != null) {
                return Optional.of(user.email());
            }
        }
        if (told.anonymousId().isPresent()) {
            KnownIdentity browser = known.find(ANONYMOUS + told.anonymousId().get());
            boolean isAnothers = browser != null
                    && browser.userId() != null
                    && told.userId().isPresent()
                    && !told.userId().get().equals(browser.userId());
            return browser == null || isAnothers ? Optional.empty() : Optional.of(browser.email());
        }
        return Optional.empty();
    }

    private <X extends Exception> void learn(String key, KnownIdentity told, Memory<X> memory) throws X {
        if (key.length() > MOST_CHARACTERS || told.email().length() > MOST_CHARACTERS) {
            return;
        }
        KnownIdentity known = living(memory.find(key), told.seenAt());
        if (known == null || !known.is(told.email(), told.userId()) || isStale(known, told.seenAt())) {
            memory.put(key, told);
        }
    }

    private <X extends Exception> KnownIdentity used(String key, Memory<X> memory, long now) throws X {
        KnownIdentity known = living(memory.find(key), now);
        if (known != null && isStale(known, now)) {
            memory.put(key, new KnownIdentity(known.email(), known.userId(), now));
        }
        return known;
    }

    /** Whether to store the time of its use: once a day, or ten times within the time to live. */
    private boolean isStale(KnownIdentity known, long now) {
        return now - known.seenAt() >= Math.min(DAY, ttl / 10);
    }

    /** Null where nobody is known, or was for too long. */
    private KnownIdentity living(KnownIdentity known, long now) {
        return known == null || known.seenAt() < oldest(now) ? null : known;
    }

    /** The time (epoch milliseconds) of the oldest use of an identity that is not expired. */
    public long oldest(long now) {
        return now - ttl;
    }

    /** The userIds and anonymousIds of keys, each once. */
    public static List<String> ids(List<String> keys) {
        return keys.stream()
                .map(key -> key.substring(key.indexOf(':') + 1))
                .distinct()
                .toList();
    }
}
