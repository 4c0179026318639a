package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.kafka.DeadLetterRecord.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Stores the dead letters of a spool, and marks of forgotten events, in a compacted topic that every process follows.
 * Memory holds only the offset of each dead letter.
 */
final class DeadLetterLog implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DeadLetterLog.class);

    private static final int AT_ONCE = 200;

    /** The largest distance of two dead letters that are read together, in records. */
    private static final int READ_ALONG = 200;

    private final SpoolTopics topics;
    private final TopicFollower follower;
    private final PartitionReader reader;
    private final RecordWriter writer;
    private final LongConsumer onForgotten;

    /** The offset of each dead letter, by the seq of its event. */
    private final ConcurrentSkipListMap<Long, Long> letters = new ConcurrentSkipListMap<>();

    private final Set<Long> forgotten = ConcurrentHashMap.newKeySet();

    /** @param onForgotten receives the seq of each event that is marked as forgotten */
    DeadLetterLog(
            SpoolKafkaClients clients,
            PartitionReader reader,
            RecordWriter writer,
            SpoolTopics topics,
            LongConsumer onForgotten) {
        this.topics = topics;
        this.reader = reader;
        this.writer = writer;
        this.onForgotten = onForgotten;
        List<TopicPartition> partitions =
                IntStream.range(0, topics.lanes()).mapToObj(topics::deadOf).toList();
        this.follower = new TopicFollower(clients, partitions, this::record);
    }

    private void record(ConsumerRecord<byte[], byte[]> read) {
        DeadLetterRecord.Key key = DeadLetterRecord.Key.read(read.key());
        boolean isSet = read.value() != null;
        if (key.kind() == Kind.LETTER && isSet) {
            letters.put(key.seq(), read.offset());
        } else if (key.kind() == Kind.LETTER) {
            letters.remove(key.seq());
        } else if (key.kind() == Kind.FORGOTTEN && isSet) {
            forgotten.add(key.seq());
            onForgotten.accept(key.seq());
        } else if (key.kind() == Kind.FORGOTTEN) {
            forgotten.remove(key.seq());
        }
    }

    /**
     * Whether the contact of an event was forgotten. Then the event must not be sent, and its dead letter not be
     * replayed.
     */
    boolean isForgotten(long seq) {
        return !forgotten.isEmpty() && forgotten.contains(seq);
    }

    /** Waits until this process has read all records that were written before the call. */
    void awaitCurrent() {
        follower.awaitCurrent(reader);
    }

    boolean holds(long seq) {
        return letters.containsKey(seq);
    }

    /**
     * Reads the dead letters before a seq, newest first, 200 at a time.
     *
     * @param isMoreWanted receives those that were read together, and returns whether to continue
     */
    void walk(long before, Predicate<List<DeadLetter>> isMoreWanted) {
        awaitCurrent();
        boolean isMore = true;
        for (List<Long> seqs = before(before); isMore && !seqs.isEmpty(); seqs = before(seqs.get(seqs.size() - 1))) {
            isMore = isMoreWanted.test(read(seqs));
        }
    }

    private List<Long> before(long seq) {
        return letters.headMap(seq).descendingKeySet().stream().limit(AT_ONCE).toList();
    }

    /** Reads dead letters, in the order of these seqs. It skips seqs that have no dead letter, or none any more. */
    List<DeadLetter> read(List<Long> seqs) {
        Map<Integer, TreeMap<Long, Long>> wanted = new HashMap<>();
        seqs.forEach(seq -> {
            Long offset = letters.get(seq);
            if (offset != null) {
                wanted.computeIfAbsent(topics.lane(seq), lane -> new TreeMap<>())
                        .put(offset, seq);
            }
        });
        Map<Long, DeadLetter> found = new HashMap<>();
        wanted.forEach((lane, offsets) -> {
            reader.readSome(
                    topics.deadOf(lane),
                    List.copyOf(offsets.keySet()),
                    READ_ALONG,
                    read -> found.put(offsets.get(read.offset()), DeadLetterRecord.read(read)));
            // if it is not at its offset, and was not written again, Kafka deleted it because of its age
            offsets.values().removeAll(found.keySet());
            offsets.forEach((offset, seq) -> letters.remove(seq, offset));
        });
        return seqs.stream().map(found::get).filter(letter -> letter != null).toList();
    }

    /** Writes dead letters. Completes when all are on disk. */
    CompletionStage<Void> add(List<DeadLetter> added) {
        return writer.write(added.stream()
                .map(letter -> DeadLetterRecord.of(
                        topics.deadOf(topics.lane(letter.event().seq())), letter))
                .toList());
    }

    /**
     * Marks events as forgotten, or removes their marks. Completes when that is on disk.
     *
     * @param isSet whether to set the marks; false removes them
     */
    CompletionStage<Void> markForgotten(boolean isSet, List<Long> seqs) {
        return mark(Kind.FORGOTTEN, isSet, seqs);
    }

    /** Deletes dead letters. Completes when that is on disk. */
    CompletionStage<Void> remove(List<Long> seqs) {
        return mark(Kind.LETTER, false, seqs);
    }

    private CompletionStage<Void> mark(Kind kind, boolean isSet, List<Long> seqs) {
        return writer.write(seqs.stream()
                .map(seq -> DeadLetterRecord.mark(topics.deadOf(topics.lane(seq)), kind, isSet, seq))
                .toList());
    }

    /** Writes a record that says nothing. Completes when it is on disk. */
    CompletionStage<Void> probe() {
        return writer.write(List.of(DeadLetterRecord.mark(topics.deadOf(0), Kind.PROBE, true, 0)));
    }

    /**
     * Cleans up after a commit. It removes the marks of forgotten events that are settled, and deletes the dead letters
     * that an interrupted replay did not delete.
     *
     * @param done the seqs of the settled events
     * @param replayed the seqs of the dead letters that some of them were
     */
    void settled(List<Long> done, List<Long> replayed) {
        markForgotten(false, done.stream().filter(this::isForgotten).toList()).exceptionally(failure -> {
            LOG.warnf("%s: forgotten events stay marked, %s", topics.dead(), failure.getMessage());
            return null;
        });
        remove(replayed.stream().filter(this::holds).toList());
    }

    /**
     * Cleans up after the former owner of a lane. It deletes dead letters of pending events, because their commit never
     * happened, and marks of forgotten events that are settled.
     */
    void takeBack(int lane, LongPredicate isPending) {
        awaitCurrent();
        LongPredicate isOfLane = seq -> topics.lane(seq) == lane;
        List<Long> pending = letters.keySet().stream()
                .filter(seq -> isOfLane.test(seq) && isPending.test(seq))
                .toList();
        List<Long> settled = forgotten.stream()
                .filter(seq -> isOfLane.test(seq) && !isPending.test(seq))
                .toList();
        if (!pending.isEmpty() || !settled.isEmpty()) {
            SpoolUnavailable.await(remove(pending));
            SpoolUnavailable.await(markForgotten(false, settled));
            awaitCurrent();
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
