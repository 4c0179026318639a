package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.kafka.DeadLetterLane.Place;
import dev.listrakrelay.spool.kafka.DeadLetterRecord.Kind;
import java.time.Instant;
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
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps a spool's dead letters, and which events are forgotten, in a compacted topic that every process follows. In memory is
 * only where each letter is.
 */
final class DeadLetterLog implements AutoCloseable {

    /** Records between two letters are read along if there are no more than this. */
    private static final int READ_ALONG = 200;

    private static final int AT_ONCE = 500;

    private final SpoolTopics topics;
    private final List<DeadLetterLane> lanes;
    private final Follower follower;
    private final PartitionReader reader;
    private final Writer writer;
    private final LongConsumer onForgotten;

    /** @param onForgotten is told each event that is forgotten */
    DeadLetterLog(
            Clients clients, PartitionReader reader, Writer writer, SpoolTopics topics, LongConsumer onForgotten) {
        this.topics = topics;
        this.reader = reader;
        this.writer = writer;
        this.onForgotten = onForgotten;
        this.lanes = Stream.generate(DeadLetterLane::new).limit(topics.lanes()).toList();
        List<TopicPartition> partitions =
                IntStream.range(0, topics.lanes()).mapToObj(topics::deadOf).toList();
        this.follower = new Follower(clients, partitions, this::record);
    }

    private void record(ConsumerRecord<byte[], byte[]> read) {
        DeadLetterRecord.Key key = DeadLetterRecord.Key.read(read.key());
        lanes.get(read.partition()).record(key, read.offset(), read.value() == null);
        if (key.kind() == Kind.FORGOTTEN && read.value() != null) {
            onForgotten.accept(key.seq());
        }
    }

    private DeadLetterLane lane(long seq) {
        return lanes.get(topics.lane(seq));
    }

    /** Whether an event must not be sent, or a letter not be replayed, because its contact is forgotten. */
    boolean isForgotten(long seq) {
        return lane(seq).isForgotten(seq);
    }

    /** Waits until everything is known that was written before. */
    void awaitCurrent() {
        follower.awaitCurrent(reader);
    }

    boolean holds(long seq) {
        return seq > 0 && lane(seq).holds(seq);
    }

    /** The places of those seqs that are letters. */
    List<Place> at(List<Long> seqs) {
        return seqs.stream()
                .filter(this::holds)
                .flatMap(seq -> lane(seq).after(seq - 1, 1).stream())
                .toList();
    }

    /** The last letters of all lanes before a seq, the latest first. */
    List<Place> before(long seq, int most) {
        return lanes.stream()
                .flatMap(lane -> lane.before(seq, most).stream())
                .sorted(Comparator.comparingLong(Place::seq).reversed())
                .limit(most)
                .toList();
    }

    /** The first letters of all lanes after a seq, in order. */
    List<Place> after(long seq, int most) {
        return lanes.stream()
                .flatMap(lane -> lane.after(seq, most).stream())
                .sorted(Comparator.comparingLong(Place::seq))
                .limit(most)
                .toList();
    }

    /** Reads letters, in the order of their places. It passes over letters that are gone. */
    List<DeadLetter> read(List<Place> places) {
        Map<Long, DeadLetter> found = new HashMap<>();
        IntStream.range(0, lanes.size()).forEach(lane -> read(lane, places, found));
        places.stream().filter(place -> !found.containsKey(place.seq())).forEach(place -> lane(place.seq())
                .isNotAt(place));
        return places.stream()
                .map(place -> found.get(place.seq()))
                .filter(letter -> letter != null)
                .toList();
    }

    private void read(int lane, List<Place> places, Map<Long, DeadLetter> found) {
        Map<Long, Long> wanted = new HashMap<>();
        places.stream().filter(place -> topics.lane(place.seq()) == lane).forEach(p -> wanted.put(p.offset(), p.seq()));
        List<Long> offsets = wanted.keySet().stream().sorted().toList();
        reader.readSome(
                topics.deadOf(lane),
                offsets,
                READ_ALONG,
                read -> found.put(wanted.get(read.offset()), DeadLetterRecord.read(read)));
    }

    /** Writes the letter of an event; completes once it is on disk. */
    CompletionStage<Void> add(Event event, Settlement.Dead how, int attempts, Instant at) {
        return add(List.of(new DeadLetter(event, how.reason(), how.answer(), how.request(), attempts, at)));
    }

    CompletionStage<Void> add(List<DeadLetter> letters) {
        return writer.write(letters.stream()
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
        DeadLetterLane of = lanes.get(lane);
        List<Long> pending = new ArrayList<>();
        List<Place> places = of.before(Long.MAX_VALUE, AT_ONCE);
        while (!places.isEmpty()) {
            places.stream().map(Place::seq).filter(isPending::test).forEach(pending::add);
            places = of.before(places.get(places.size() - 1).seq(), AT_ONCE);
        }
        List<Long> settled = of.forgotten(isPending.negate());
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
