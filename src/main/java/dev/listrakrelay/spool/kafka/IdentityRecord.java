package dev.listrakrelay.spool.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.listrakrelay.spool.engine.KnownIdentity;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Writes who a userId or anonymousId stands for, and which process told it, as a record; and reads it. */
final class IdentityRecord {

    private static final String BY = "by";
    private static final String USER = "user";

    private IdentityRecord() {}

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

    /** Nobody. */
    static ProducerRecord<byte[], byte[]> forgotten(TopicPartition partition, String key, long by) {
        return record(partition, key, null, by);
    }

    private static ProducerRecord<byte[], byte[]> record(TopicPartition partition, String key, byte[] value, long by) {
        ProducerRecord<byte[], byte[]> written =
                new ProducerRecord<>(partition.topic(), partition.partition(), key.getBytes(UTF_8), value);
        written.headers().add(BY, ByteBuffer.allocate(Long.BYTES).putLong(by).array());
        return written;
    }

    static boolean isBy(ConsumerRecord<byte[], byte[]> read, long process) {
        return ByteBuffer.wrap(read.headers().lastHeader(BY).value()).getLong() == process;
    }

    /** Null where the key stands for nobody. */
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
