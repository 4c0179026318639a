package dev.listrakrelay.spool.kafka;

import static dev.listrakrelay.spool.kafka.EventRecord.number;
import static dev.listrakrelay.spool.kafka.EventRecord.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Event;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/** Converts dead letters, and marks of events, to records of the dead letters' topic, and back. */
final class DeadLetterRecord {

    private static final String CONTACT = "contact";
    private static final String REASON = "reason";
    private static final String ANSWER = "answer";
    private static final String REQUEST = "request";
    private static final String ATTEMPTS = "attempts";
    private static final String DIED_AT = "died-at";
    private static final byte[] YES = {1};
    private static final Kind[] KINDS = Kind.values();

    /** What a record says about an event. */
    enum Kind {
        /** The event is a dead letter. The record holds it. */
        LETTER,
        /** The event was forgotten. */
        FORGOTTEN,
        /** Nothing. The record only shows that records can be written. */
        PROBE
    }

    /** The key of a record: what the record says, and the seq of its event. */
    record Key(Kind kind, long seq) {

        byte[] written() {
            return ByteBuffer.allocate(Long.BYTES + 1)
                    .putLong(seq)
                    .put((byte) kind.ordinal())
                    .array();
        }

        static Key read(byte[] key) {
            ByteBuffer bytes = ByteBuffer.wrap(key);
            long seq = bytes.getLong();
            return new Key(KINDS[bytes.get()], seq);
        }
    }

    private DeadLetterRecord() {}

    static ProducerRecord<byte[], byte[]> of(TopicPartition lane, DeadLetter letter) {
        Event event = letter.event();
        Headers headers = EventRecord.headers(event);
        headers.add(CONTACT, event.contact().getBytes(UTF_8));
        headers.add(REASON, letter.reason().getBytes(UTF_8));
        headers.add(ANSWER, letter.answer().getBytes(UTF_8));
        headers.add(REQUEST, letter.request().getBytes(UTF_8));
        headers.add(ATTEMPTS, number(letter.attempts()));
        headers.add(DIED_AT, number(letter.diedAt().toEpochMilli()));
        byte[] key = new Key(Kind.LETTER, event.seq()).written();
        return new ProducerRecord<>(lane.topic(), lane.partition(), key, event.raw(), headers);
    }

    /**
     * Makes a record that marks an event, or removes the mark.
     *
     * @param isSet whether to set the mark; false makes a record without a value, which removes it
     */
    static ProducerRecord<byte[], byte[]> mark(TopicPartition lane, Kind kind, boolean isSet, long seq) {
        byte[] key = new Key(kind, seq).written();
        return new ProducerRecord<>(lane.topic(), lane.partition(), key, isSet ? YES : null);
    }

    static DeadLetter read(ConsumerRecord<byte[], byte[]> letter) {
        Headers headers = letter.headers();
        long seq = Key.read(letter.key()).seq();
        return new DeadLetter(
                EventRecord.read(headers, text(headers, CONTACT), seq, letter.value()),
                text(headers, REASON),
                text(headers, ANSWER),
                text(headers, REQUEST),
                Integer.parseInt(text(headers, ATTEMPTS)),
                Instant.ofEpochMilli(Long.parseLong(text(headers, DIED_AT))));
    }
}
