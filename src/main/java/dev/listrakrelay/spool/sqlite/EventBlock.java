package dev.listrakrelay.spool.sqlite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/** Reads events from the row of a block that begins with {@link #COLUMNS}. */
final class EventBlock {

    static final String COLUMNS = "events, payload, lane";

    /** Condition for the blocks that may hold the event of a seq, the first parameter. */
    static final String OF_SEQ = "upto = (SELECT min(upto) FROM block WHERE upto >= ?1) AND first <= ?1 AND last >= ?1";

    /** Reads the blocks that may hold the event of a seq. */
    static final String SELECT_OF_SEQ = "SELECT " + COLUMNS + " FROM block WHERE " + OF_SEQ;

    private static final byte[] NOTHING = {};
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * An event with its stored columns.
     *
     * @param contactFrom {@link EventRow#LEARNED}, {@link EventRow#FORGOTTEN}, or null for the event's own contact
     * @param replayedAt when it became pending again, in epoch milliseconds; null if it is as it was accepted
     */
    record Stored(int lane, Event event, String contactFrom, Long replayedAt) {

        static Stored of(int lane, Event event, Long replayedAt) {
            return new Stored(lane, event, EventRow.contactFrom(event), replayedAt);
        }

        Stored on(int other) {
            return new Stored(other, event, contactFrom, replayedAt);
        }

        /** The same event in another lane, pending since now. */
        Stored again(int other, long now) {
            return new Stored(other, event, contactFrom, now);
        }

        long seq() {
            return event.seq();
        }

        boolean isForgotten() {
            return EventRow.FORGOTTEN.equals(contactFrom);
        }
    }

    private EventBlock() {}

    /** The wanted events of the blocks that may hold the event of a seq. */
    static List<Stored> of(SpoolConnection connection, long seq, LongPredicate isWanted) throws SQLException {
        List<Stored> events = new ArrayList<>();
        for (List<Stored> block : connection.list(SELECT_OF_SEQ, row -> read(row, isWanted), seq)) {
            events.addAll(block);
        }
        return events;
    }

    /** The wanted events of a row, in order of seq. If its payload is null, each event has an empty one. */
    static List<Stored> read(ResultSet row, LongPredicate isWanted) throws SQLException {
        byte[] payload = row.getBytes(2);
        int lane = row.getInt(3);
        List<Stored> events = new ArrayList<>();
        try (JsonParser json = JSON.createParser(row.getBytes(1))) {
            json.nextToken();
            while (json.nextToken() == JsonToken.START_ARRAY) {
                long seq = json.nextLongValue(0);
                if (isWanted.test(seq)) {
                    events.add(read(json, lane, seq, payload));
                }
                while (json.currentToken() != JsonToken.END_ARRAY) {
                    json.nextToken();
                }
            }
        } catch (IOException e) {
            throw new SQLException("block: " + e.getMessage(), e);
        }
        return events;
    }

    private static Stored read(JsonParser json, int lane, long seq, byte[] payload) throws IOException {
        String messageId = json.nextTextValue();
        String source = json.nextTextValue();
        String type = json.nextTextValue();
        String name = json.nextTextValue();
        String contact = json.nextTextValue();
        String contactFrom = json.nextTextValue();
        Instant receivedAt = Instant.ofEpochMilli(json.nextLongValue(0));
        Long replayedAt = json.nextToken() == JsonToken.VALUE_NULL ? null : (Long) json.getLongValue();
        int from = json.nextIntValue(0);
        int length = json.nextIntValue(0);
        // only a traced event has one
        String traceparent = json.nextTextValue();
        Event event = new Event(
                seq,
                messageId,
                source,
                type,
                name,
                contact,
                EventRow.LEARNED.equals(contactFrom) ? Identity.learned(contact) : Identity.NONE,
                receivedAt,
                replayedAt == null ? receivedAt : Instant.ofEpochMilli(replayedAt),
                payload == null ? NOTHING : Arrays.copyOfRange(payload, from, from + length),
                traceparent);
        return new Stored(lane, event, contactFrom, replayedAt);
    }
}
