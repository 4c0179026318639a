package dev.listrakrelay.spool.kafka;

import static dev.listrakrelay.spool.kafka.EventRecord.number;
import static dev.listrakrelay.spool.kafka.EventRecord.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Event;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/** Makes records of a topic of dead letters, and dead letters of those. */
final class LetterRecord {

    private static final String CONTACT = "contact";
    private static final String REASON = "reason";
    private static final String ANSWER = "answer";
    private static final String REQUEST = "request";
    private static final String ATTEMPTS = "attempts";
    private static final String DIED_AT = "died-at";

    private LetterRecord() {}

    static ProducerRecord<byte[], byte[]> of(TopicPartition lane, DeadLetter letter) {
        Event event = letter.event();
        Headers headers = EventRecord.headers(event);
        headers.add(CONTACT, event.contact().getBytes(UTF_8));
        headers.add(REASON, letter.reason().getBytes(UTF_8));
        headers.add(ANSWER, letter.answer().getBytes(UTF_8));
        headers.add(REQUEST, letter.request().getBytes(UTF_8));
        headers.add(ATTEMPTS, number(letter.attempts()));
        headers.add(DIED_AT, number(letter.diedAt().toEpochMilli()));
        byte[] key = new LetterKey(LetterKey.Kind.LETTER, event.seq()).bytes();
        return new ProducerRecord<>(lane.topic(), lane.partition(), key, event.raw(), headers);
    }

    /** Says something of an event. */
    static ProducerRecord<byte[], byte[]> mark(TopicPartition lane, LetterKey.Kind kind, long seq) {
        return new ProducerRecord<>(lane.topic(), lane.partition(), new LetterKey(kind, seq).bytes(), new byte[] {1});
    }

    /** Takes back what was said of an event. */
    static ProducerRecord<byte[], byte[]> delete(TopicPartition lane, LetterKey.Kind kind, long seq) {
        return new ProducerRecord<>(lane.topic(), lane.partition(), new LetterKey(kind, seq).bytes(), null);
    }

    static DeadLetter read(ConsumerRecord<byte[], byte[]> letter) {
        Headers headers = letter.headers();
        long seq = LetterKey.read(letter.key()).seq();
        return new DeadLetter(
                EventRecord.read(headers, text(headers, CONTACT), seq, letter.value()),
                text(headers, REASON),
                text(headers, ANSWER),
                text(headers, REQUEST),
                Integer.parseInt(text(headers, ATTEMPTS)),
                Instant.ofEpochMilli(Long.parseLong(text(headers, DIED_AT))));
    }
}
