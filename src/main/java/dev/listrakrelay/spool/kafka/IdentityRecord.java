package dev.listrakrelay.spool.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.listrakrelay.spool.engine.KnownIdentity;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Converts the e-mail of a userId or anonymousId to a record, and back. A header says which process wrote the record.
 */
final class IdentityRecord {

    private static final String BY = "by";
    private static final String USER = "user";

    private IdentityRecord() {}

    /** @param by the number of the process that writes the record */
    static ProducerRecord<byte[], byte[]> of(TopicPartition partition, String key, KnownIdentity known, long by) {
        byte[] email = known.email().getBytes(UTF_8);
        byte[] value = ByteBuffer.allocate(Long.BYTES + email.length)
                .putLong(known.seenAt())
                .put(email)
                .array();
        ProducerRecord<byte[], byte[]> written = record(partition, key, value, by);
        if (known.userId() != null) {
            written.headers().add(USER, known.userId().getBytes(UTF_8));
        }
        return written;
    }

    /** Makes a record that deletes the e-mail of a key. */
    static ProducerRecord<byte[], byte[]> forgotten(TopicPartition partition, String key, long by) {
        return record(partition, key, null, by);
    }

    private static ProducerRecord<byte[], byte[]> record(TopicPartition partition, String key, byte[] value, long by) {
        ProducerRecord<byte[], byte[]> written =
                new ProducerRecord<>(partition.topic(), partition.partition(), key.getBytes(UTF_8), value);
        written.headers().add(BY, ByteBuffer.allocate(Long.BYTES).putLong(by).array());
        return written;
    }

    /** Whether a process wrote a record. */
    static boolean isBy(ConsumerRecord<byte[], byte[]> read, long process) {
        return ByteBuffer.wrap(read.headers().lastHeader(BY).value()).getLong() == process;
    }

    /** Reads the e-mail of a key; null if the record deletes it. */
    static KnownIdentity read(ConsumerRecord<byte[], byte[]> read) {
        if (read.value() == null) {
            return null;
        }
        Header user = read.headers().lastHeader(USER);
        return new KnownIdentity(
                new String(read.value(), Long.BYTES, read.value().length - Long.BYTES, UTF_8),
                user == null ? null : new String(user.value(), UTF_8),
                ByteBuffer.wrap(read.value()).getLong());
    }
}
