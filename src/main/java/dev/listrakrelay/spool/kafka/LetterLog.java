package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
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

    private final List<LetterLane> lanes;
    private final Follower follower;
    private final TopicReader reader;
    private final Writer writer;

    LetterLog(
            Supplier<Consumer<byte[], byte[]>> consumers, TopicReader reader, Writer writer, String topic, int lanes) {
        this.lanes = Stream.generate(LetterLane::new).limit(lanes).toList();
        this.reader = reader;
        this.writer = writer;
        this.follower = new Follower(consumers, topic, lanes, this::record);
    }

    private void record(ConsumerRecord<byte[], byte[]> read) {
        lanes.get(read.partition()).record(LetterKey.read(read.key()), read.offset(), read.value() == null);
    }

    /** What is known of each lane, in order. */
    List<LetterLane> lanes() {
        return lanes;
    }

    LetterLane laneOf(long seq) {
        return lanes.get(number(seq));
    }

    private int number(long seq) {
        return (int) ((seq - 1) % lanes.size());
    }

    private TopicPartition partition(long seq) {
        return follower.partitions().get(number(seq));
    }

    /** Waits until everything is known that was written before. */
    void awaitCurrent() {
        follower.awaitCurrent(reader);
    }

    /** How many letters wait to be replayed. */
    long waiting() {
        return lanes.stream().mapToLong(LetterLane::waiting).sum();
    }

    /** The last letters of all lanes before a seq, the latest first. */
    List<LetterLane.Place> before(long seq, int most) {
        return lanes.stream()
                .flatMap(lane -> lane.before(seq, most).stream())
                .sorted(Comparator.comparingLong(LetterLane.Place::seq).reversed())
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
        places.stream().filter(place -> !found.containsKey(place.seq())).forEach(place -> laneOf(place.seq())
                .isNotAt(place));
        return places.stream()
                .map(place -> found.get(place.seq()))
                .filter(letter -> letter != null)
                .toList();
    }

    private void read(int lane, List<LetterLane.Place> places, Map<Long, DeadLetter> found) {
        Map<Long, Long> wanted = new HashMap<>();
        places.stream().filter(place -> number(place.seq()) == lane).forEach(p -> wanted.put(p.offset(), p.seq()));
        List<Long> offsets = wanted.keySet().stream().sorted().toList();
        int first = 0;
        for (int i = 0; i < offsets.size(); i++) {
            boolean isLast = i + 1 == offsets.size() || offsets.get(i + 1) - offsets.get(i) > READ_ALONG;
            if (isLast) {
                reader.read(follower.partitions().get(lane), offsets.get(first), offsets.get(i) + 1, read -> {
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
                .map(letter -> LetterRecord.of(partition(letter.event().seq()), letter))
                .toList());
    }

    /** Says something of events, or takes it back; completes once that is on disk. */
    CompletionStage<Void> mark(LetterKey.Kind kind, boolean isSo, List<Long> seqs) {
        return writer.write(seqs.stream().map(seq -> mark(kind, isSo, seq)).toList());
    }

    private ProducerRecord<byte[], byte[]> mark(LetterKey.Kind kind, boolean isSo, long seq) {
        return isSo ? LetterRecord.mark(partition(seq), kind, seq) : LetterRecord.delete(partition(seq), kind, seq);
    }

    /** Takes letters away, and that they wait; completes once that is on disk. */
    CompletionStage<Void> remove(List<Long> seqs) {
        return writer.write(seqs.stream()
                .flatMap(seq ->
                        Stream.of(mark(LetterKey.Kind.WAITING, false, seq), mark(LetterKey.Kind.LETTER, false, seq)))
                .toList());
    }

    @Override
    public void close() {
        follower.close();
    }
}
