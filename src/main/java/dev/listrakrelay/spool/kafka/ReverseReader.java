package dev.listrakrelay.spool.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a range of a partition from its end to its beginning, 500 records at a time, and converts the records.
 *
 * @param <T> the type that records are converted to
 */
final class ReverseReader<T> {

    private static final int AT_ONCE = 500;

    private final PartitionReader reader;
    private final TopicPartition partition;
    private final long from;
    private final Function<ConsumerRecord<byte[], byte[]>, T> each;
    private final Deque<T> read = new ArrayDeque<>();
    private long to;

    /**
     * @param from the first offset
     * @param to the offset after the last one
     * @param each converts a record; null skips the record
     */
    ReverseReader(
            PartitionReader reader,
            TopicPartition partition,
            long from,
            long to,
            Function<ConsumerRecord<byte[], byte[]>, T> each) {
        this.reader = reader;
        this.partition = partition;
        this.from = from;
        this.to = to;
        this.each = each;
    }

    /** Returns the next converted record and keeps it; null at the end. */
    T peek() {
        while (read.isEmpty() && to > from) {
            long before = Math.max(from, to - AT_ONCE);
            reader.read(partition, before, to, written -> {
                T made = each.apply(written);
                if (made != null) {
                    read.push(made);
                }
            });
            to = before;
        }
        return read.peek();
    }

    /** Returns the next converted record and removes it. */
    T next() {
        peek();
        return read.pop();
    }
}
