package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Writes what is known of an event beside its payload into headers of its record, and reads it from there. */
final class EventRecord {

    static final String REPLAY_OF = "replay-of";

    private static final String ID = "id";
    private static final String SOURCE = "source";
    private static final String TYPE = "type";
    private static final String NAME = "name";
    private static final String CONTACT = "contact";
    private static final String LEARNED = "learned";
    private static final String RECEIVED_AT = "received-at";
    private static final String REPLAYED_AT = "replayed-at";

    private EventRecord() {}

    /** All but the payload, the seq and the contact. */
    static Headers headers(Event event) {
        Headers headers = new RecordHeaders();
        put(headers, ID, event.messageId());
        put(headers, SOURCE, event.source());
        put(headers, TYPE, event.type());
        put(headers, NAME, event.name());
        put(headers, RECEIVED_AT, event.receivedAt().toEpochMilli());
        if (event.identity().isLearned()) {
            put(headers, LEARNED, "");
        }
        return headers;
    }

    static Event event(long seq, String contact, Headers headers, byte[] raw) {
        Instant receivedAt = Instant.ofEpochMilli(number(headers, RECEIVED_AT));
        return new Event(
                seq,
                text(headers, ID),
                text(headers, SOURCE),
                text(headers, TYPE),
                text(headers, NAME),
                contact,
                headers.lastHeader(LEARNED) == null ? Identity.NONE : Identity.learned(contact),
                receivedAt,
                headers.lastHeader(REPLAYED_AT) == null
                        ? receivedAt
                        : Instant.ofEpochMilli(number(headers, REPLAYED_AT)),
                raw);
    }

    static void put(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    static void put(Headers headers, String name, long number) {
        headers.add(name, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /** Empty where there is no such header. */
    static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** 0 where there is no such header. */
    static long number(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? 0 : ByteBuffer.wrap(header.value()).getLong();
    }
}
