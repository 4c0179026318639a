package dev.listrakrelay.spool.engine;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Learns which e-mail belongs to a userId or anonymousId from events that have all of them, and fills the e-mail into
 * events without one.
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
        Identity identity = event.identity();
        if (ttl == 0 || identity.userId().isEmpty() && identity.anonymousId().isEmpty()) {
            return event;
        }
        if (identity.email().isEmpty()) {
            return email(identity, key -> used(key, memory, now))
                    .map(event::withLearnedEmail)
                    .orElse(event);
        }
        String userId = identity.userId().orElse(null);
        if (userId != null) {
            learn(USER + userId, new KnownIdentity(identity.email().get(), null, now), memory);
        }
        if (identity.anonymousId().isPresent()) {
            learn(
                    ANONYMOUS + identity.anonymousId().get(),
                    new KnownIdentity(identity.email().get(), userId, now),
                    memory);
        }
        return event;
    }

    /** Returns the e-mail that belongs to the ids of an event. It stores nothing, not even the time of the look-up. */
    public <X extends Exception> Optional<String> email(Identity identity, Directory<X> directory, long now) throws X {
        return email(identity, key -> unexpired(directory.find(key), now));
    }

    private static <X extends Exception> Optional<String> email(Identity identity, Directory<X> known) throws X {
        if (identity.userId().isPresent()) {
            KnownIdentity user = known.find(USER + identity.userId().get());
            if (user != null) {
                return Optional.of(user.email());
            }
        }
        if (identity.anonymousId().isPresent()) {
            KnownIdentity browser =
                    known.find(ANONYMOUS + identity.anonymousId().get());
            boolean isOtherUsers = browser != null
                    && browser.userId() != null
                    && identity.userId().isPresent()
                    && !identity.userId().get().equals(browser.userId());
            return browser == null || isOtherUsers ? Optional.empty() : Optional.of(browser.email());
        }
        return Optional.empty();
    }

    private <X extends Exception> void learn(String key, KnownIdentity learned, Memory<X> memory) throws X {
        if (key.length() > MOST_CHARACTERS || learned.email().length() > MOST_CHARACTERS) {
            return;
        }
        KnownIdentity known = unexpired(memory.find(key), learned.seenAt());
        if (known == null || !known.is(learned.email(), learned.userId()) || isStale(known, learned.seenAt())) {
            memory.put(key, learned);
        }
    }

    private <X extends Exception> KnownIdentity used(String key, Memory<X> memory, long now) throws X {
        KnownIdentity known = unexpired(memory.find(key), now);
        if (known != null && isStale(known, now)) {
            memory.put(key, new KnownIdentity(known.email(), known.userId(), now));
        }
        return known;
    }

    /** Whether to store the time of its use: once a day, or ten times within the time to live. */
    private boolean isStale(KnownIdentity known, long now) {
        return now - known.seenAt() >= Math.min(DAY, ttl / 10);
    }

    /** Returns the identity; null if there is none or it has expired. */
    private KnownIdentity unexpired(KnownIdentity known, long now) {
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
