package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.lane.EventId;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.LaneChange;
import dev.listrakrelay.spool.lane.LaneProgress;
import dev.listrakrelay.spool.lane.LaneProgress.Open;
import dev.listrakrelay.spool.lane.ReplayShare;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Holds the state of a lane that the consumer group assigns to this process: the events that were read, which of them
 * are open or in a batch, and the content of the next commit.
 */
final class AssignedLane {

    private final SpoolTopics topics;
    private final Lane lane;
    private final EventBuffer buffer;
    private final RecentIds read;
    private final RecentIds unread;
    private final BiConsumer<Outcome, Long> counted;
    private final ReplayShare share;

    /** The pending replayed events, by seq. The committed tally does not count those from {@code committed.to()} on. */
    private final TreeMap<Long, EventRecord.Replay> replays = new TreeMap<>();

    /** The offset after the last event at the time of the assignment. */
    private final long endAtFirst;

    private LaneSnapshot committed;
    private long end;

    /** The number of characters that more open events may need in the next commit. */
    private int roomForOpen;

    private volatile boolean isGivenUp;

    /**
     * A commit of the lane: what to write, and what to apply when Kafka has acknowledged it.
     *
     * @param snapshot the state of the lane after the commit
     * @param written the snapshot as offset and metadata
     * @param change the outcomes in the commit; empty if there are none
     * @param counts the numbers of events to add to the tally, by outcome
     */
    record Commit(
            LaneSnapshot snapshot,
            LaneSnapshot.Written written,
            Optional<LaneChange> change,
            Map<Outcome, Long> counts) {}

    /**
     * @param share receives the number of live events that were read
     * @param counted receives each outcome of the committed tally with 0, and later the events that a commit adds
     */
    AssignedLane(
            SpoolTopics topics,
            int number,
            LaneRecovery.RecoveredLane from,
            ReplayShare share,
            BiConsumer<Outcome, Long> counted) {
        this.topics = topics;
        this.share = share;
        this.counted = counted;
        this.read = from.settledIds();
        this.unread = from.pendingIds();
        TreeMap<Long, Open> open = new TreeMap<>();
        Map<Long, Instant> openSince = new HashMap<>();
        from.open().forEach(written -> {
            long seq = topics.seq(number, written.offset());
            Event event = EventRecord.read(written, seq);
            LaneSnapshot.OpenEvent details = from.snapshot().open().get(written.offset());
            open.put(seq, new Open(event.contact(), details.due(), details.attempts()));
            openSince.put(seq, event.pendingSince());
            EventRecord.replayOf(written).ifPresent(replay -> replays.put(seq, replay));
        });
        this.buffer = new EventBuffer(from.snapshot().to(), openSince);
        this.end = Math.max(from.end(), buffer.readTo());
        this.endAtFirst = end;
        this.lane = new Lane(
                number,
                new LaneProgress(number, topics.seq(number, buffer.readTo() - 1), open),
                from.snapshot().pausedUntil(),
                from.snapshot().pauses(),
                end - buffer.readTo() + open.size());
        setCommitted(from.snapshot(), from.snapshot().written(0));
        from.snapshot().tally().keySet().forEach(outcome -> counted.accept(outcome, 0L));
    }

    int number() {
        return lane.number();
    }

    Lane lane() {
        return lane;
    }

    EventBuffer buffer() {
        return buffer;
    }

    /** Whether all events are read that existed when the lane was assigned. */
    boolean isReadSinceAssigned() {
        return buffer.readTo() >= endAtFirst;
    }

    /**
     * The lane now. It can differ from the committed state, for example by a pause whose commit is under way.
     *
     * @param begin the offset of the first event that still exists
     */
    synchronized LaneView view(long begin) {
        LaneProgress progress = lane.ledger();
        Map<Outcome, Long> notCommitted = replayCounts(replays.tailMap(topics.seq(number(), committed.to())));
        LaneSnapshot now = snapshot(
                topics.offset(progress.head()) + 1,
                progress.open(),
                lane.pauses(),
                LaneTally.plus(committed.tally(), notCommitted));
        return new LaneView(now, begin, end, lane.pending());
    }

    private LaneSnapshot snapshot(long to, TreeMap<Long, Open> open, int pauses, Map<Outcome, Long> tally) {
        TreeMap<Long, LaneSnapshot.OpenEvent> events = new TreeMap<>();
        open.forEach((seq, event) ->
                events.put(topics.offset(seq), new LaneSnapshot.OpenEvent(event.due(), event.attempts())));
        return new LaneSnapshot(to, events, lane.state().pausedUntil().toEpochMilli(), pauses, tally);
    }

    synchronized boolean isPending(long seq) {
        return seq > lane.ledger().head() || lane.ledger().isOpen(seq);
    }

    synchronized long end() {
        return end;
    }

    /** The number of pending replayed events. */
    synchronized int pendingReplays() {
        return replays.size();
    }

    /** Stops the lane: it hands out no more batches and commits nothing more. */
    void giveUp() {
        isGivenUp = true;
        lane.stop();
    }

    boolean isGivenUp() {
        return isGivenUp;
    }

    /**
     * Counts new events as pending, whichever process appended them.
     *
     * @param offset the offset after the last event of the lane
     */
    synchronized void endsAt(long offset) {
        long events = Math.max(0, offset - end);
        lane.arrived(events);
        end += events;
    }

    /** Counts an event that this process appended, and remembers its id. */
    synchronized void appended(EventId id, long at, long offset) {
        unread.isFirst(id, at);
        endsAt(offset + 1);
    }

    /** Counts a replayed event that this process appended. */
    synchronized void replayed(EventRecord.Replay replay, long offset) {
        if (offset >= buffer.readTo()) {
            replays.put(topics.seq(number(), offset), replay);
        }
        endsAt(offset + 1);
    }

    /**
     * Whether an event with an id arrived within 24 h.
     *
     * @param now epoch milliseconds
     */
    boolean knows(EventId id, long now) {
        return read.holds(id, now) || unread.holds(id, now);
    }

    /** Buffers the next records. It skips duplicates, and offsets without a record. */
    void read(List<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(this::read);
        buffer.wake();
    }

    private synchronized void read(ConsumerRecord<byte[], byte[]> written) {
        long offset = written.offset();
        long gap = offset - buffer.readTo();
        if (gap < 0) {
            return;
        }
        endsAt(offset + 1);
        long seq = topics.seq(number(), offset);
        Optional<EventRecord.Replay> replay = EventRecord.replayOf(written);
        if (read.isFirst(EventRecord.id(written), written.timestamp())) {
            lane.passedOver(gap);
            buffer.add(EventRecord.read(written, seq), offset + 1);
            replay.ifPresentOrElse(of -> replays.put(seq, of), () -> share.live(1));
        } else {
            lane.passedOver(gap + 1);
            buffer.skipTo(offset + 1);
            replays.remove(seq);
        }
        if (offset + 1 == end) {
            unread.clear();
        }
    }

    /** The most open events that a batch may take. The outcomes of more events might not fit into a commit. */
    synchronized int mostOpen() {
        return roomForOpen / OpenRuns.MOST_OF_A_SPLIT;
    }

    /**
     * The most new events that a batch may take.
     *
     * @param openEvents the number of open events in the batch
     */
    synchronized int mostNew(int openEvents) {
        int room = roomForOpen - openEvents * OpenRuns.MOST_OF_A_SPLIT;
        return lane.ledger().takesNew() ? Math.max(0, room / OpenRuns.MOST_OF_A_NEW_ONE) : 0;
    }

    /**
     * Prepares a commit of the lane.
     *
     * @param change the outcomes to commit; empty to commit only a pause, or that duplicates were read
     * @param counts the numbers of events to add to the tally, by outcome
     * @param now epoch milliseconds
     */
    synchronized Commit commit(Optional<LaneChange> change, Map<Outcome, Long> counts, long now) {
        LaneProgress progress = lane.ledger();
        long head = change.map(LaneChange::head).orElse(progress.head());
        // the commit covers the duplicates after the last event, too
        long to = buffer.isDrained(change.isPresent()) ? buffer.readTo() : topics.offset(head) + 1;
        to = Math.max(to, committed.to());
        Map<Outcome, Long> all =
                replayCounts(replays.subMap(topics.seq(number(), committed.to()), topics.seq(number(), to)));
        counts.forEach((outcome, events) -> all.merge(outcome, events, Long::sum));
        LaneSnapshot after = snapshot(
                to,
                change.map(progress::openAfter).orElseGet(progress::open),
                change.map(LaneChange::isDelivery).orElse(false) ? 0 : lane.pauses(),
                LaneTally.plus(committed.tally(), all));
        return new Commit(after, after.written(now), change, all);
    }

    private static Map<Outcome, Long> replayCounts(SortedMap<Long, EventRecord.Replay> replays) {
        Map<Outcome, Long> counts = new HashMap<>();
        replays.values().forEach(replay -> {
            counts.merge(new Outcome("dead", replay.reason()), -1L, Long::sum);
            counts.merge(new Outcome("replayed", replay.reason()), 1L, Long::sum);
        });
        return counts;
    }

    /**
     * Whether to commit the lane although it has no new outcomes: the buffer is empty, and the committed state is
     * older. This happens after duplicates.
     */
    synchronized boolean isBehind() {
        return buffer.isDrained(false) && buffer.readTo() > committed.to();
    }

    /**
     * Applies a commit that Kafka has acknowledged.
     *
     * @return the seqs of the dead letters whose replayed events this commit settled
     */
    synchronized List<Long> committed(Commit commit) {
        setCommitted(commit.snapshot(), commit.written());
        commit.counts().forEach(counted);
        return commit.change().map(this::apply).orElse(List.of());
    }

    private List<Long> apply(LaneChange change) {
        lane.apply(change);
        buffer.settled(lane.ledger()::isOpen);
        return change.done().stream()
                .flatMap(seq -> Stream.ofNullable(replays.remove(seq)))
                .map(EventRecord.Replay::letter)
                .toList();
    }

    private void setCommitted(LaneSnapshot snapshot, LaneSnapshot.Written written) {
        committed = snapshot;
        roomForOpen = written.roomForOpen();
        lane.ledger().full(roomForOpen < OpenRuns.MOST_OF_A_NEW_ONE || !written.hasRoomForDetails());
    }

    /** Ends the claim on the current batch. Its events without an outcome are due again. */
    synchronized void release() {
        if (lane.ledger().hasMoved()) {
            buffer.putBack();
        }
        lane.release();
    }

    /**
     * The time since which the oldest pending event waits; empty if none is known.
     *
     * @param deadline until when to wait for the first event to be read, of {@link System#nanoTime}
     */
    Optional<Instant> oldest(long deadline) {
        try {
            buffer.await(1, 1, end(), deadline - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return buffer.oldest();
    }

    /**
     * The offset before which events may be deleted. They are settled, and their ids are not among the last {@code
     * rememberedIds}, which a recovery reads to find duplicates.
     */
    synchronized long deletable(int rememberedIds) {
        return Math.min(committed.head(), committed.to() - rememberedIds);
    }
}
