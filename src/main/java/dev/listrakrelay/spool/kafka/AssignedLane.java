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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Holds a lane while the group assigns it to this process: its events, which of them are open or out, and what the next
 * commit says of them.
 */
final class AssignedLane {

    private final SpoolTopics topics;
    private final Lane lane;
    private final EventBuffer buffer;
    private final RecentIds read;
    private final RecentIds unread;
    private final BiConsumer<Outcome, Long> counted;
    private final ReplayShare share;
    private final Map<Long, Long> openSince = new HashMap<>();

    /** The replayed events that are pending, by seq. Those behind the committed ones are not in the tally yet. */
    private final TreeMap<Long, EventRecord.Replay> replays = new TreeMap<>();

    private final long endAtFirst;
    private LaneSnapshot committed;
    private long end;
    private int roomForOpen;
    private volatile boolean isGivenUp;

    /** What is to be committed, and what is then so. */
    record Commit(
            LaneSnapshot snapshot,
            LaneSnapshot.Written written,
            Optional<LaneChange> change,
            Map<Outcome, Long> counts) {}

    /**
     * @param share is told of live events that are read
     * @param counted is told each line of the tally, and what comes to it
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
        this.buffer = new EventBuffer(from.snapshot().to());
        this.end = Math.max(from.end(), buffer.readTo());
        this.endAtFirst = end;
        TreeMap<Long, Open> open = new TreeMap<>();
        from.open().forEach((seq, event) -> {
            LaneSnapshot.OpenEvent details = from.snapshot().open().get(topics.offset(seq));
            open.put(seq, new Open(event.event().contact(), details.due(), details.attempts()));
            openSince.put(seq, event.event().pendingSince().toEpochMilli());
            event.replay().ifPresent(replay -> replays.put(seq, replay));
        });
        this.lane = new Lane(
                number,
                new LaneProgress(number, topics.seq(number, buffer.readTo() - 1), open),
                from.snapshot().pausedUntil(),
                from.snapshot().pauses(),
                end - buffer.readTo() + open.size());
        isCommitted(from.snapshot(), from.snapshot().written(0));
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

    /** Whether everything is read that was there when the lane was assigned. */
    boolean isReadSinceAssigned() {
        return buffer.readTo() >= endAtFirst;
    }

    /** The lane as it is now, also what is not committed because nothing is settled by it. */
    synchronized LaneSnapshot state() {
        LaneProgress progress = lane.ledger();
        return snapshot(topics.offset(progress.head()) + 1, progress.open(), lane.pauses(), committed.tally());
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

    /** How many replayed events are pending. */
    synchronized int pendingReplays() {
        return replays.size();
    }

    /** Hands out nothing more, and commits nothing more. */
    void giveUp() {
        isGivenUp = true;
        lane.stop();
    }

    boolean isGivenUp() {
        return isGivenUp;
    }

    /** Counts the events before an offset, whoever appended them. */
    synchronized void endsAt(long offset) {
        long events = Math.max(0, offset - end);
        lane.arrived(events);
        end += events;
    }

    /** Counts an event that this process appended. */
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

    /** Whether an event of that id came less than a day ago. */
    boolean knows(EventId id, long now) {
        return read.holds(id, now) || unread.holds(id, now);
    }

    /** Buffers the next record. It skips duplicates, and gaps. */
    synchronized void read(ConsumerRecord<byte[], byte[]> written) {
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

    /** How many of the open events that are due may be taken, so that their outcomes fit into a commit. */
    synchronized int mostOpen() {
        return roomForOpen / OpenRuns.MOST_OF_A_SPLIT;
    }

    /** How many new events may be taken beside open ones. */
    synchronized int mostNew(int openOnes) {
        int room = roomForOpen - openOnes * OpenRuns.MOST_OF_A_SPLIT;
        return lane.ledger().takesNew() ? Math.max(0, room / OpenRuns.MOST_OF_A_NEW_ONE) : 0;
    }

    /**
     * What a commit says of the lane after a change, if there is one.
     *
     * @param now epoch milliseconds
     */
    synchronized Commit commit(Optional<LaneChange> change, Map<Outcome, Long> counts, long now) {
        LaneProgress progress = lane.ledger();
        long head = change.map(LaneChange::head).orElse(progress.head());
        // duplicates that follow are done with, too
        long to = buffer.isDrained(change.isPresent()) ? buffer.readTo() : topics.offset(head) + 1;
        to = Math.max(to, committed.to());
        Map<Outcome, Long> all =
                replayed(replays.subMap(topics.seq(number(), committed.to()), topics.seq(number(), to)));
        counts.forEach((outcome, events) -> all.merge(outcome, events, Long::sum));
        LaneSnapshot after = snapshot(
                to,
                change.map(progress::openAfter).orElseGet(progress::open),
                change.map(LaneChange::isDelivery).orElse(false) ? 0 : lane.pauses(),
                LaneTally.plus(committed.tally(), all));
        return new Commit(after, after.written(now), change, all);
    }

    private static Map<Outcome, Long> replayed(SortedMap<Long, EventRecord.Replay> replays) {
        Map<Outcome, Long> counts = new HashMap<>();
        replays.values().forEach(replay -> {
            counts.merge(new Outcome("dead", replay.reason()), -1L, Long::sum);
            counts.merge(new Outcome("replayed", replay.reason()), 1L, Long::sum);
        });
        return counts;
    }

    /** Whether the committed state tells less than there is, for want of a change. */
    synchronized boolean isBehind() {
        return buffer.isDrained(false) && buffer.readTo() > committed.to();
    }

    /**
     * Applies what is committed.
     *
     * @return the letters of the replayed events that are settled by it
     */
    synchronized List<Long> committed(Commit commit) {
        Map<Long, Long> since = commit.change().map(change -> since()).orElse(Map.of());
        isCommitted(commit.snapshot(), commit.written());
        commit.counts().forEach(counted);
        if (commit.change().isEmpty()) {
            return List.of();
        }
        LaneChange change = commit.change().get();
        lane.apply(change);
        buffer.settled(lane.ledger()::isOpen);
        change.opened().keySet().forEach(seq -> openSince.put(seq, since.getOrDefault(seq, 0L)));
        openSince.keySet().removeIf(seq -> !lane.ledger().isOpen(seq));
        Set<Long> done = new HashSet<>(change.done());
        List<Long> letters = replays.entrySet().stream()
                .filter(replay -> done.contains(replay.getKey()))
                .map(replay -> replay.getValue().letter())
                .toList();
        replays.keySet().removeAll(done);
        return letters;
    }

    private void isCommitted(LaneSnapshot snapshot, LaneSnapshot.Written written) {
        committed = snapshot;
        roomForOpen = written.roomForOpen();
        lane.ledger().full(roomForOpen < OpenRuns.MOST_OF_A_NEW_ONE || !written.hasRoomForDetails());
    }

    private Map<Long, Long> since() {
        Map<Long, Long> since = buffer.takenSince();
        since.putAll(openSince);
        return since;
    }

    /** The batch that is out is due again. */
    synchronized void release() {
        if (lane.ledger().hasMoved()) {
            buffer.putBack();
        }
        lane.release();
    }

    /** Tells the tally and how many events are pending, at one moment. */
    synchronized void counts(BiConsumer<Map<Outcome, Long>, Long> sum) {
        Map<Outcome, Long> notCommitted = replayed(replays.tailMap(topics.seq(number(), committed.to())));
        sum.accept(LaneTally.plus(committed.tally(), notCommitted), lane.pending());
    }

    /** Since when the oldest pending event waits. For one that is not read yet, it waits until {@code deadline}. */
    Optional<Instant> oldest(long deadline) {
        try {
            buffer.await(1, 1, end(), deadline - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            return Stream.concat(
                            openSince.values().stream().map(Instant::ofEpochMilli),
                            buffer.oldest().map(Event::pendingSince).stream())
                    .min(Instant::compareTo);
        }
    }

    /** The offset before which events may be deleted: they are settled, and their ids need not be known. */
    synchronized long deletable(int rememberedIds) {
        return Math.min(committed.head(), committed.to() - rememberedIds);
    }
}
