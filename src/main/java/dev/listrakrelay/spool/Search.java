package dev.listrakrelay.spool;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What to look for among events, newest first.
 *
 * @param where what these have to be, exactly; a contact that is an e-mail is looked for as {@link
 *     EmailAddress} writes it
 * @param from accepted, or for a dead letter died, then or later
 * @param to and before then
 * @param before seq less than this: the last one of the page before, 1 or more
 * @param limit the most to find: 1 to 1,000
 */
public record Search(Map<Field, String> where, Instant from, Instant to, long before, int limit) {

    public static final int MOST = 1_000;

    /** Later than any event. */
    public static final Instant END = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** The newest there are. */
    public static final Search ALL = new Search(Map.of(), Instant.EPOCH, END, Long.MAX_VALUE, MOST);

    /** What an event is found by. */
    public enum Field {
        MESSAGE_ID,
        CONTACT,
        NAME,
        /** What became of it; the reason of a dead letter. */
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

    /** Whether it looks for an event of that outcome. */
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

    /** The same, where a field has that value. */
    public Search with(Field field, String value) {
        Map<Field, String> more = new EnumMap<>(Field.class);
        more.putAll(where);
        more.put(field, value);
        return new Search(more, from, to, before, limit);
    }

    /** The next page after one that ended with that seq. */
    public Search page(long after, int size) {
        return new Search(where, from, to, after, size);
    }
}
