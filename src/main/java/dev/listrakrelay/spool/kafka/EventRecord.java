package dev.listrakrelay.spool.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.lane.EventId;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Converts events to records, and back. The key of a record is the contact, and its value is the payload as received.
 */
final class EventRecord {

    private static final String ID = "id";
    private static final String SOURCE = "source";
    private static final String TYPE = "type";
    private static final String NAME = "name";
    private static final String RECEIVED = "received";
    private static final String CONTACT_FROM = "contact-from";
    private static final String REPLAY = "replay-of";
    private static final String REASON = "died-of";
    private static final String LEARNED = "learned";
    private static final String TRACEPARENT = "traceparent";

    private EventRecord() {}

    /** @param at when the event begins to wait, in epoch milliseconds: the timestamp of the record */
    static ProducerRecord<byte[], byte[]> of(Event event, String topic, int lane, long at) {
        Headers headers = headers(event);
        if (event.traceparent() != null) {
            headers.add(TRACEPARENT, event.traceparent().getBytes(UTF_8));
        }
        return new ProducerRecord<>(topic, lane, at, event.contact().getBytes(UTF_8), event.raw(), headers);
    }

    /** The headers of an event: all its fields except the contact, the payload and the trace. */
    static Headers headers(Event event) {
        Headers headers = new RecordHeaders();
        headers.add(ID, event.messageId().getBytes(UTF_8));
        headers.add(SOURCE, event.source().getBytes(UTF_8));
        headers.add(TYPE, event.type().getBytes(UTF_8));
        headers.add(NAME, event.name().getBytes(UTF_8));
        headers.add(RECEIVED, number(event.receivedAt().toEpochMilli()));
        if (event.identity().isLearned()) {
            headers.add(CONTACT_FROM, LEARNED.getBytes(UTF_8));
        }
        return headers;
    }

    /**
     * Says which dead letter a replayed event was.
     *
     * @param letter the seq of the dead letter
     * @param reason the reason of the dead letter
     */
    record Replay(long letter, String reason) {}

    /** Makes the record of a replayed event, without a trace. All copies of it have the same id, so the lane skips a second copy. */
    static ProducerRecord<byte[], byte[]> of(Replay replay, Event event, String topic, int lane, long at) {
        ProducerRecord<byte[], byte[]> written = of(event.withTraceparent(null), topic, lane, at);
        written.headers().add(REPLAY, number(replay.letter()));
        written.headers().add(REASON, replay.reason().getBytes(UTF_8));
        return written;
    }

    static Event read(ConsumerRecord<byte[], byte[]> written, long seq) {
        Event event = read(written.headers(), new String(written.key(), UTF_8), seq, written.value());
        return replayOf(written).isPresent() ? event.waitingSince(Instant.ofEpochMilli(written.timestamp())) : event;
    }

    /** Reads an event that has waited since it was accepted. */
    static Event read(Headers headers, String contact, long seq, byte[] raw) {
        Instant receivedAt = Instant.ofEpochMilli(Long.parseLong(text(headers, RECEIVED)));
        Header traceparent = headers.lastHeader(TRACEPARENT);
        return new Event(
                seq,
                text(headers, ID),
                text(headers, SOURCE),
                text(headers, TYPE),
                text(headers, NAME),
                contact,
                headers.lastHeader(CONTACT_FROM) != null ? Identity.learned(contact) : Identity.NONE,
                receivedAt,
                receivedAt,
                raw,
                traceparent == null ? null : new String(traceparent.value(), UTF_8));
    }

    /**
     * The id by which duplicates are found. The id of a replayed event comes from its dead letter, because the lane may
     * still remember the id of the original event.
     */
    static EventId id(ConsumerRecord<byte[], byte[]> written) {
        Headers headers = written.headers();
        return replayOf(written)
                .map(replay -> EventId.of(REPLAY, String.valueOf(replay.letter())))
                .orElseGet(() -> EventId.of(text(headers, SOURCE), text(headers, ID)));
    }

    /** The dead letter that a replayed event was; empty if the event was not replayed. */
    static Optional<Replay> replayOf(ConsumerRecord<byte[], byte[]> written) {
        Headers headers = written.headers();
        return Optional.ofNullable(headers.lastHeader(REPLAY))
                .map(letter -> new Replay(Long.parseLong(text(headers, REPLAY)), text(headers, REASON)));
    }

    static byte[] number(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
