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

/** Writes an event as a record and reads it again: the contact is its key, the bytes as they came its value. */
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

    private EventRecord() {}

    /** @param at when it begins to wait, in epoch milliseconds: the record's time */
    static ProducerRecord<byte[], byte[]> of(Event event, String topic, int lane, long at) {
        return new ProducerRecord<>(topic, lane, at, event.contact().getBytes(UTF_8), event.raw(), headers(event));
    }

    /** All but the contact and the payload. */
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
     * What a replayed event was before.
     *
     * @param letter the seq of the dead letter
     * @param reason of its death
     */
    record Replay(long letter, String reason) {}

    /** The same of one that was a dead letter: however often it is written, it is one event. */
    static ProducerRecord<byte[], byte[]> of(Replay replay, Event event, String topic, int lane, long at) {
        ProducerRecord<byte[], byte[]> written = of(event, topic, lane, at);
        written.headers().add(REPLAY, number(replay.letter()));
        written.headers().add(REASON, replay.reason().getBytes(UTF_8));
        return written;
    }

    static Event read(ConsumerRecord<byte[], byte[]> written, long seq) {
        Event event = read(written.headers(), new String(written.key(), UTF_8), seq, written.value());
        return isReplay(written) ? event.waitingSince(Instant.ofEpochMilli(written.timestamp())) : event;
    }

    /** One that waits since it was accepted. */
    static Event read(Headers headers, String contact, long seq, byte[] raw) {
        Instant receivedAt = Instant.ofEpochMilli(Long.parseLong(text(headers, RECEIVED)));
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
                raw);
    }

    /** What it is known by; a replay not as the event it was, which is known already, but as that letter's replay. */
    static EventId id(ConsumerRecord<byte[], byte[]> written) {
        Headers headers = written.headers();
        return isReplay(written)
                ? EventId.of(REPLAY, text(headers, REPLAY))
                : EventId.of(text(headers, SOURCE), text(headers, ID));
    }

    /** The dead letter of which it is the replay. */
    static Optional<Replay> replayOf(ConsumerRecord<byte[], byte[]> written) {
        Headers headers = written.headers();
        return isReplay(written)
                ? Optional.of(new Replay(Long.parseLong(text(headers, REPLAY)), text(headers, REASON)))
                : Optional.empty();
    }

    private static boolean isReplay(ConsumerRecord<byte[], byte[]> written) {
        return written.headers().lastHeader(REPLAY) != null;
    }

    static byte[] number(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
