package dev.listrakrelay.spool;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Describes a search for events or dead letters, newest first.
 *
 * @param where the values that fields must have; an e-mail is compared as {@link EmailAddress#of} writes it
 * @param from the earliest time: when an event was accepted, or a dead letter died
 * @param to the end of that time, exclusive
 * @param before the search finds lower seqs only: 1 or more, for a next page the last seq of the page before
 * @param limit the most results: 1 to 1,000
 */
public record Search(Map<Field, String> where, Instant from, Instant to, long before, int limit) {

    public static final int MOST = 1_000;

    /** Later than any event. */
    public static final Instant END = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** Finds the newest events or dead letters, without conditions. */
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

    /** Whether the search finds an event with an outcome by the time when it was accepted. */
    public boolean finds(Event event, String outcome) {
        return finds(event, event.receivedAt(), outcome);
    }

    /** Whether the search finds an event with an outcome by another time, such as that of its death. */
    public boolean finds(Event event, Instant at, String outcome) {
        return event.seq() < before
                && !at.isBefore(from)
                && at.isBefore(to)
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
