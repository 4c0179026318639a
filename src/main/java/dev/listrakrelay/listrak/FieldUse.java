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

    /** Events can bring any number of field names. Further unknown names are not counted. */
    private static final int MOST_NAMES = 200;

    private static final int MOST_CHARACTERS = 100;

    private final Map<String, Use> filled = new ConcurrentHashMap<>();
    private final Map<String, Use> ofAnotherType = new ConcurrentHashMap<>();
    private final Map<String, Use> unknown = new ConcurrentHashMap<>();

    private static final class Use {
        private final LongAdder count = new LongAdder();
        private volatile long last;
    }

    /** How often a field was sent, and when it was last sent. */
    public record Sent(long count, Instant last) {}

    /**
     * Counts a sent field.
     *
     * @param reason why the schema does not accept it; null if it does
     */
    void count(String field, JsonNode value, String reason, long now) {
        if (reason == null) {
            if (!value.isNull()) {
                count(filled, field, now);
            }
        } else if (reason.equals(EventSchema.WRONG_TYPE)) {
            count(ofAnotherType, field, now);
        } else if (unknown.containsKey(field) || unknown.size() < MOST_NAMES && field.length() <= MOST_CHARACTERS) {
            count(unknown, field, now);
        }
    }

    private static void count(Map<String, Use> uses, String field, long now) {
        Use use = uses.get(field);
        if (use == null) {
            use = uses.computeIfAbsent(field, first -> new Use());
        }
        use.count.increment();
        if (use.last != now) {
            use.last = now;
        }
    }

    Optional<Sent> filled(String field) {
        return Optional.ofNullable(filled.get(field)).map(FieldUse::sent);
    }

    Optional<Sent> ofAnotherType(String field) {
        return Optional.ofNullable(ofAnotherType.get(field)).map(FieldUse::sent);
    }

    /** Returns the fields that the custom event does not have, by name. */
    Map<String, Sent> unknown() {
        Map<String, Sent> all = new TreeMap<>();
        unknown.forEach((field, use) -> all.put(field, sent(use)));
        return all;
    }

    private static Sent sent(Use use) {
        return new Sent(use.count.sum(), Instant.ofEpochMilli(use.last));
    }
}
