package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.lane.EventId;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.LaneChange;
import dev.listrakrelay.spool.lane.LaneProgress;
import dev.listrakrelay.spool.lane.ReplayShare;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A lane while it is this process's: which events are there, which of them are pending, and who is at it. */
final class OwnedLane {

    /** Stands among the counts for what is not settled. */
    static final Outcome PENDING = new Outcome("pending", "");

    private final SpoolTopics topics;
    private final Lane lane;
    private final Buffer buffer;
    private final RecentIds read;
    private final RecentIds unread;
    private final LaneTally tally;
    private final LedgerWriter ledger;
    private final Map<Long, Long> openSince;
    private final Map<String, Long> notes;
    private final PendingReplays replays;
    private final ReplayShare share;
    private final long endAtFirst;
    private long end;
    private volatile boolean isGivenUp;

    /**
     * @param share is told of live events that come
     * @param news is told each line of the tally, and what comes to it
     */
    OwnedLane(
            SpoolTopics topics,
            int number,
            BringBack.Stand stand,
            LedgerWriter ledger,
            ReplayShare share,
            BiConsumer<Outcome, Long> news) {
        LaneBook book = stand.book();
        this.topics = topics;
        this.buffer = new Buffer(topics.offset(book.head()) + 1);
        this.end = Math.max(stand.end(), buffer.readTo());
        this.lane = new Lane(
                number,
                new LaneProgress(number, book.head(), book.open()),
                book.pausedUntil(),
                book.pauses(),
                this.end - buffer.readTo() + book.open().size());
        this.read = stand.settled();
        this.unread = stand.pending();
        this.ledger = ledger;
        this.tally = new LaneTally(book.tally(), news);
        this.openSince = book.openSince();
        this.notes = new HashMap<>(book.notes());
        this.share = share;
        this.endAtFirst = this.end;
        this.replays = new PendingReplays(topics.seq(number, this.end), stand.replays());
    }

    int number() {
        return lane.number();
    }

    Lane lane() {
        return lane;
    }

    Buffer buffer() {
        return buffer;
    }

    LaneTally tally() {
        return tally;
    }

    LedgerWriter ledger() {
        return ledger;
    }

    /** Numbers that belong to the lane beside its events, by name; they stand in its ledger. */
    Map<String, Long> notes() {
        return notes;
    }

    PendingReplays replays() {
        return replays;
    }

    /** Whether all is read that was there when it became ours. */
    boolean isReadSinceOurs() {
        return buffer.readTo() >= endAtFirst;
    }

    /** How it stands at one moment; {@code begin} is the offset of the first event there is. */
    synchronized LaneView view(long begin) {
        return LaneView.of(
                topics, begin, lane.ledger().head(), end, lane.ledger().open());
    }

    synchronized boolean isPending(long seq) {
        return seq > lane.ledger().head() || lane.ledger().isOpen(seq);
    }

    synchronized long end() {
        return end;
    }

    /** Hands out no more, and takes nothing that is written of it for true. */
    void giveUp() {
        isGivenUp = true;
        lane.stop();
    }

    boolean isGivenUp() {
        return isGivenUp;
    }

    /** Events are there up to before an offset, whoever wrote them. */
    synchronized void endsAt(long offset) {
        share.live((int) arrivedUpTo(offset) - replays.onTheWay());
    }

    /** Answers how many that are. */
    private long arrivedUpTo(long offset) {
        long events = Math.max(0, offset - end);
        lane.arrived(events);
        end += events;
        return events;
    }

    /** A dead letter is there as an event. */
    synchronized void replayArrived(long letter, long offset) {
        replays.arrived(letter, topics.seq(number(), offset));
        arrivedUpTo(offset + 1);
    }

    /** An event is there that was written by us. */
    synchronized void arrived(EventId id, long at, long offset) {
        unread.isFirst(id, at);
        share.live((int) arrivedUpTo(offset + 1));
    }

    /** Whether an event of that id came less than a day ago. */
    boolean knows(EventId id, long now) {
        return read.holds(id, now) || unread.holds(id, now);
    }

    /** Takes the next record; one that is there already, and a gap before it, is passed over. */
    synchronized void read(ConsumerRecord<byte[], byte[]> written) {
        long offset = written.offset();
        long gap = offset - buffer.readTo();
        if (gap < 0) {
            return;
        }
        long events = arrivedUpTo(offset + 1);
        share.live((int) (EventRecord.isReplay(written) ? events - 1 : events));
        if (read.isFirst(EventRecord.id(written), written.timestamp())) {
            lane.passedOver(gap);
            buffer.add(EventRecord.read(written, topics.seq(number(), offset)), offset + 1);
            if (EventRecord.isReplay(written)) {
                replays.read(topics.seq(number(), offset));
            }
        } else {
            lane.passedOver(gap + 1);
            buffer.skipTo(offset + 1);
            if (EventRecord.isReplay(written)) {
                replays.passedOver(topics.seq(number(), offset));
            }
        }
        if (offset + 1 == end) {
            unread.clear();
        }
    }

    /** Since when each event that is open or taken waits, by seq, in epoch milliseconds. */
    synchronized Map<Long, Long> since() {
        Map<Long, Long> since = buffer.takenSince();
        since.putAll(openSince);
        return since;
    }

    /** A change is written. */
    synchronized void apply(LaneChange change, Map<Outcome, Long> counts) {
        Map<Long, Long> since = change.opened().isEmpty() ? Map.of() : since();
        // counted first, so that who sees nothing pending finds what became of it
        tally.written(counts);
        lane.apply(change);
        replays.settled(change.done());
        buffer.settled(lane.ledger()::isOpen);
        change.opened().keySet().forEach(seq -> openSince.put(seq, since.getOrDefault(seq, 0L)));
        openSince.keySet().removeIf(seq -> !lane.ledger().isOpen(seq));
    }

    /** The batch that is out is due again. */
    synchronized void release() {
        if (lane.ledger().hasMoved()) {
            buffer.putBack();
        }
        lane.release();
    }

    /** Counts what became of its events, and how many else are pending, at one moment. */
    synchronized void counts(BiConsumer<Outcome, Long> sum) {
        tally.all().forEach(sum);
        sum.accept(PENDING, lane.pending() - replays.uncounted());
    }

    /** Since when the oldest pending event waits; one that was not read yet is waited for until {@code deadline}. */
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

    /** The offset behind all that needs no looking at again: what is before it may be trimmed. */
    synchronized long settledTo() {
        long head = topics.offset(lane.ledger().head()) + 1;
        return openSince.keySet().stream().mapToLong(topics::offset).reduce(head, Math::min);
    }
}
