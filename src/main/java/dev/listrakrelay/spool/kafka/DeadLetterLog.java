package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.kafka.DeadLetterRecord.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps a spool's dead letters, and which events are forgotten, in a compacted topic that every process follows. In memory is
 * only where each letter is.
 */
final class DeadLetterLog implements AutoCloseable {

    /** Records between two letters are read along if there are no more than this. */
    private static final int READ_ALONG = 200;

    private final SpoolTopics topics;
    private final TopicFollower follower;
    private final PartitionReader reader;
    private final RecordWriter writer;
    private final LongConsumer onForgotten;

    /** The offset of each letter, by the seq of its event. */
    private final ConcurrentSkipListMap<Long, Long> letters = new ConcurrentSkipListMap<>();

    private final Set<Long> forgotten = ConcurrentHashMap.newKeySet();

    /** @param onForgotten is told each event that is forgotten */
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
        boolean isSo = read.value() != null;
        if (key.kind() == Kind.LETTER && isSo) {
            letters.put(key.seq(), read.offset());
        } else if (key.kind() == Kind.LETTER) {
            letters.remove(key.seq());
        } else if (key.kind() == Kind.FORGOTTEN && isSo) {
            forgotten.add(key.seq());
            onForgotten.accept(key.seq());
        } else if (key.kind() == Kind.FORGOTTEN) {
            forgotten.remove(key.seq());
        }
    }

    /** Whether an event must not be sent, or a letter not be replayed, because its contact is forgotten. */
    boolean isForgotten(long seq) {
        return !forgotten.isEmpty() && forgotten.contains(seq);
    }

    /** Waits until everything is known that was written before. */
    void awaitCurrent() {
        follower.awaitCurrent(reader);
    }

    boolean holds(long seq) {
        return letters.containsKey(seq);
    }

    /** The seqs of the last letters before a seq, the latest first. */
    List<Long> before(long seq, int most) {
        return letters.headMap(seq).descendingKeySet().stream().limit(most).toList();
    }

    /** The seqs of the first letters after a seq, in order. */
    List<Long> after(long seq, int most) {
        return letters.tailMap(seq, false).keySet().stream().limit(most).toList();
    }

    /** Reads letters, in the order of these seqs. It passes over seqs that are no letters, or none any more. */
    List<DeadLetter> read(List<Long> seqs) {
        Map<Integer, Map<Long, Long>> wanted = new HashMap<>();
        seqs.forEach(seq -> {
            Long offset = letters.get(seq);
            if (offset != null) {
                wanted.computeIfAbsent(topics.lane(seq), lane -> new HashMap<>())
                        .put(offset, seq);
            }
        });
        Map<Long, DeadLetter> found = new HashMap<>();
        wanted.forEach((lane, offsets) -> {
            reader.readSome(
                    topics.deadOf(lane),
                    offsets.keySet().stream().sorted().toList(),
                    READ_ALONG,
                    read -> found.put(offsets.get(read.offset()), DeadLetterRecord.read(read)));
            // a letter that is not where it was, nor anywhere else, was deleted for its age
            offsets.forEach((offset, seq) -> {
                if (!found.containsKey(seq)) {
                    letters.remove(seq, offset);
                }
            });
        });
        return seqs.stream().map(found::get).filter(letter -> letter != null).toList();
    }

    /** Writes the letter of an event; completes once it is on disk. */
    CompletionStage<Void> add(Event event, Settlement.Dead how, int attempts, Instant at) {
        return add(List.of(new DeadLetter(event, how.reason(), how.answer(), how.request(), attempts, at)));
    }

    CompletionStage<Void> add(List<DeadLetter> added) {
        return writer.write(added.stream()
                .map(letter -> DeadLetterRecord.of(
                        topics.deadOf(topics.lane(letter.event().seq())), letter))
                .toList());
    }

    /** Marks events as forgotten, or takes that back; completes once it is on disk. */
    CompletionStage<Void> markForgotten(boolean isSo, List<Long> seqs) {
        return mark(Kind.FORGOTTEN, isSo, seqs);
    }

    /** Deletes letters; completes once that is on disk. */
    CompletionStage<Void> remove(List<Long> seqs) {
        return mark(Kind.LETTER, false, seqs);
    }

    private CompletionStage<Void> mark(Kind kind, boolean isSo, List<Long> seqs) {
        return writer.write(seqs.stream()
                .map(seq -> DeadLetterRecord.mark(topics.deadOf(topics.lane(seq)), kind, isSo, seq))
                .toList());
    }

    /** Completes once a record could be written. */
    CompletionStage<Void> probe() {
        return writer.write(List.of(DeadLetterRecord.mark(topics.deadOf(0), Kind.PROBE, true, 0)));
    }

    /** Deletes letters that are left of a replay that was not finished. */
    void removeIfThere(List<Long> seqs) {
        List<Long> left = seqs.stream().filter(this::holds).toList();
        if (!left.isEmpty()) {
            remove(left);
        }
    }

    /**
     * Takes back what the former owner of a lane wrote before a commit that did not come: letters whose event is pending, and
     * marks of forgotten events that are settled.
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
