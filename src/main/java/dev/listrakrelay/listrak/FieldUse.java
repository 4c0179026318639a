package dev.listrakrelay.listrak;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts in memory how often each field of a custom event was sent with a value of its type, with a value of another type, and
 * which unknown fields were sent.
 */
public final class FieldUse {

    /** Events name fields: no more of those that the custom event doesn't have are told apart. */
    private static final int MOST_NAMES = 200;

    private static final int MOST_CHARACTERS = 100;

    private final Map<String, Use> filled = new ConcurrentHashMap<>();
    private final Map<String, Use> ofAnotherType = new ConcurrentHashMap<>();
    private final Map<String, Use> unknown = new ConcurrentHashMap<>();

    private static final class Use {
        private final LongAdder count = new LongAdder();
        private volatile long last;
    }

    /** How often there was one, and when last. */
    public record Seen(long count, Instant last) {}

    /**
     * Counts a sent field.
     *
     * @param reason why the custom event can't take it; null if it can
     */
    void note(String field, JsonNode value, String reason, long now) {
        if (reason == null) {
            if (!value.isNull()) {
                note(filled, field, now);
            }
        } else if (reason.equals(EventSchema.WRONG_TYPE)) {
            note(ofAnotherType, field, now);
        } else if (unknown.containsKey(field) || unknown.size() < MOST_NAMES && field.length() <= MOST_CHARACTERS) {
            note(unknown, field, now);
        }
    }

    private static void note(Map<String, Use> uses, String field, long now) {
        Use use = uses.get(field);
        if (use == null) {
            use = uses.computeIfAbsent(field, first -> new Use());
        }
        use.count.increment();
        if (use.last != now) {
            use.last = now;
        }
    }

    Optional<Seen> filled(String field) {
        return Optional.ofNullable(filled.get(field)).map(FieldUse::seen);
    }

    Optional<Seen> ofAnotherType(String field) {
        return Optional.ofNullable(ofAnotherType.get(field)).map(FieldUse::seen);
    }

    /** Fields that the custom event doesn't have, by name. */
    Map<String, Seen> unknown() {
        Map<String, Seen> all = new TreeMap<>();
        unknown.forEach((field, use) -> all.put(field, seen(use)));
        return all;
    }

    private static Seen seen(Use use) {
        return new Seen(use.count.sum(), Instant.ofEpochMilli(use.last));
    }
}
