package dev.listrakrelay.spool.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a stretch of a partition from its end to its beginning, some hundred records at a time, of which it keeps what is
 * made of them.
 *
 * @param <T> what that is
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
     * @param to the offset behind the last one
     * @param each makes something of a record; null where nothing is wanted of it
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

    /** The next one, which stays; null where there is none. */
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

    /** Takes the next one. */
    T next() {
        peek();
        return read.pop();
    }
}
