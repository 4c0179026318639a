package dev.listrakrelay.spool;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Describes a search for events or dead letters, newest first.
 *
 * @param where the exact values of fields; an e-mail as contact is written as {@link EmailAddress} does
 * @param from finds events accepted, or dead letters died, at this time or later
 * @param to and before this time
 * @param before finds a lower seq only: the last one of the previous page, 1 or more
 * @param limit the most results: 1 to 1,000
 */
public record Search(Map<Field, String> where, Instant from, Instant to, long before, int limit) {

    public static final int MOST = 1_000;

    /** Later than any event. */
    public static final Instant END = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** Finds the newest ones, whatever they are. */
    public static final Search ALL = new Search(Map.of(), Instant.EPOCH, END, Long.MAX_VALUE, MOST);

    /** The fields by which events are found. */
    public enum Field {
        MESSAGE_ID,
        CONTACT,
        NAME,
        /** The outcome of an event; the reason of a dead letter. */
        OUTCOME
    }

    public Search {
        Map<Field, String> fields = new EnumMap<>(Field.class);
        fields.putAll(where);
        fields.computeIfPresent(Field.CONTACT, (field, value) -> {
            String email = EmailAddress.of(value);
            return email == null ? value : email;
        });
        where = fields;
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: expected 1 to " + MOST + ", found " + limit);
        }
    }

    /** Whether the search finds an event with an outcome. */
    public boolean finds(Event event, String outcome) {
        return event.seq() < before
                && !event.receivedAt().isBefore(from)
                && event.receivedAt().isBefore(to)
                && is(Field.MESSAGE_ID, event.messageId())
                && is(Field.CONTACT, event.contact())
                && is(Field.NAME, event.name())
                && is(Field.OUTCOME, outcome);
    }

    private boolean is(Field field, String value) {
        String wanted = where.get(field);
        return wanted == null || wanted.equals(value);
    }

    /** Returns a copy that also asks for the value of a field. */
    public Search with(Field field, String value) {
        Map<Field, String> more = new EnumMap<>(Field.class);
        more.putAll(where);
        more.put(field, value);
        return new Search(more, from, to, before, limit);
    }

    /** Returns the search for the next page, after a page that ended with a seq. */
    public Search page(long after, int size) {
        return new Search(where, from, to, after, size);
    }
}
