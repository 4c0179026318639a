package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps a spool's dead letters in a topic, and what is to be done about them: every process follows it, so that whatever one
 * is asked is known to the one that delivers. In memory is no more than where each letter stands.
 */
final class LetterLog implements AutoCloseable {

    /** What lies between two letters and is not wanted is read along, rather than asked for anew. */
    private static final int READ_ALONG = 200;

    private static final int AT_ONCE = 500;

    private final SpoolTopics topics;
    private final List<LetterLane> lanes;
    private final Follower follower;
    private final PartitionReader reader;
    private final Writer writer;
    private final LongConsumer onForgotten;

    /** @param onForgotten is told each event that is forgotten */
    LetterLog(Clients clients, PartitionReader reader, Writer writer, SpoolTopics topics, LongConsumer onForgotten) {
        this.topics = topics;
        this.reader = reader;
        this.writer = writer;
        this.onForgotten = onForgotten;
        this.lanes = Stream.generate(LetterLane::new).limit(topics.lanes()).toList();
        List<TopicPartition> partitions =
                IntStream.range(0, topics.lanes()).mapToObj(topics::deadOf).toList();
        this.follower = new Follower(clients, partitions, this::record);
    }

    private void record(ConsumerRecord<byte[], byte[]> read) {
        LetterKey key = LetterKey.read(read.key());
        lanes.get(read.partition()).record(key, read.offset(), read.value() == null);
        if (key.kind() == LetterKey.Kind.FORGOTTEN && read.value() != null) {
            onForgotten.accept(key.seq());
        }
    }

    /** What is known of each lane, in order. */
    List<LetterLane> lanes() {
        return lanes;
    }

    /** Whether an event is to be dropped, or a letter not to be replayed, because its contact was forgotten. */
    boolean isForgotten(long seq) {
        return lanes.get(topics.lane(seq)).isForgotten(seq);
    }

    /** Waits until everything is known that was written before. */
    void awaitCurrent() {
        follower.awaitCurrent(reader);
    }

    /** How many letters wait to be replayed. */
    long waiting() {
        return lanes.stream().mapToLong(LetterLane::waiting).sum();
    }

    boolean holds(long seq) {
        return lanes.get(topics.lane(seq)).holds(seq);
    }

    /** The places of those seqs that are letters. */
    List<LetterLane.Place> at(List<Long> seqs) {
        return seqs.stream()
                .filter(seq -> seq > 0)
                .flatMap(seq -> lanes.get(topics.lane(seq)).at(List.of(seq)).stream())
                .toList();
    }

    /** The last letters of all lanes before a seq, the latest first. */
    List<LetterLane.Place> before(long seq, int most) {
        return lanes.stream()
                .flatMap(lane -> lane.before(seq, most).stream())
                .sorted(Comparator.comparingLong(LetterLane.Place::seq).reversed())
                .limit(most)
                .toList();
    }

    /** The first letters of all lanes after a seq, in order. */
    List<LetterLane.Place> after(long seq, int most) {
        return lanes.stream()
                .flatMap(lane -> lane.after(seq, most).stream())
                .sorted(Comparator.comparingLong(LetterLane.Place::seq))
                .limit(most)
                .toList();
    }

    /** The first letters of some lanes that wait, in order. */
    List<LetterLane.Place> nextWaiting(Iterable<Integer> of, int most) {
        List<LetterLane.Place> places = new ArrayList<>();
        of.forEach(lane -> places.addAll(lanes.get(lane).nextWaiting(most)));
        return places.stream()
                .sorted(Comparator.comparingLong(LetterLane.Place::seq))
                .limit(most)
                .toList();
    }

    /** Reads letters, in the order of their places; one that isn't there any more is passed over. */
    List<DeadLetter> read(List<LetterLane.Place> places) {
        Map<Long, DeadLetter> found = new HashMap<>();
        IntStream.range(0, lanes.size()).forEach(lane -> read(lane, places, found));
        places.stream()
                .filter(place -> !found.containsKey(place.seq()))
                .forEach(place -> lanes.get(topics.lane(place.seq())).isNotAt(place));
        return places.stream()
                .map(place -> found.get(place.seq()))
                .filter(letter -> letter != null)
                .toList();
    }

    private void read(int lane, List<LetterLane.Place> places, Map<Long, DeadLetter> found) {
        Map<Long, Long> wanted = new HashMap<>();
        places.stream().filter(place -> topics.lane(place.seq()) == lane).forEach(p -> wanted.put(p.offset(), p.seq()));
        List<Long> offsets = wanted.keySet().stream().sorted().toList();
        int first = 0;
        for (int i = 0; i < offsets.size(); i++) {
            boolean isLast = i + 1 == offsets.size() || offsets.get(i + 1) - offsets.get(i) > READ_ALONG;
            if (isLast) {
                reader.read(topics.deadOf(lane), offsets.get(first), offsets.get(i) + 1, read -> {
                    if (wanted.containsKey(read.offset())) {
                        found.put(wanted.get(read.offset()), LetterRecord.read(read));
                    }
                });
                first = i + 1;
            }
        }
    }

    /** Writes letters; completes once they are on disk. */
    CompletionStage<Void> bury(List<DeadLetter> letters) {
        return writer.write(letters.stream()
                .map(letter ->
                        LetterRecord.of(topics.deadOf(topics.lane(letter.event().seq())), letter))
                .toList());
    }

    /** Says something of events, or takes it back; completes once that is on disk. */
    CompletionStage<Void> mark(LetterKey.Kind kind, boolean isSo, List<Long> seqs) {
        return writer.write(seqs.stream().map(seq -> mark(kind, isSo, seq)).toList());
    }

    private ProducerRecord<byte[], byte[]> mark(LetterKey.Kind kind, boolean isSo, long seq) {
        TopicPartition lane = topics.deadOf(topics.lane(seq));
        return isSo ? LetterRecord.mark(lane, kind, seq) : LetterRecord.delete(lane, kind, seq);
    }

    /** Takes letters away, and that they wait; completes once that is on disk. */
    CompletionStage<Void> remove(List<Long> seqs) {
        return writer.write(seqs.stream()
                .flatMap(seq ->
                        Stream.of(mark(LetterKey.Kind.WAITING, false, seq), mark(LetterKey.Kind.LETTER, false, seq)))
                .toList());
    }

    /**
     * Takes back what the former owner of a lane began and didn't end: a letter whose event is pending, and that an event
     * was forgotten which is settled.
     */
    void takeBack(int lane, LongPredicate isPending) {
        awaitCurrent();
        LetterLane of = lanes.get(lane);
        List<LetterLane.Place> places = of.before(Long.MAX_VALUE, AT_ONCE);
        while (!places.isEmpty()) {
            SpoolUnavailable.await(remove(places.stream()
                    .map(LetterLane.Place::seq)
                    .filter(isPending::test)
                    .toList()));
            places = of.before(places.get(places.size() - 1).seq(), AT_ONCE);
        }
        SpoolUnavailable.await(mark(LetterKey.Kind.FORGOTTEN, false, of.forgotten(isPending.negate())));
        awaitCurrent();
    }

    @Override
    public void close() {
        follower.close();
    }
}
