package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.lane.Lane;
import dev.listrakrelay.spool.lane.LaneProgress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Hands out what is due of a lane that is ours: first those that are due again, then the next new ones. */
final class LaneBatchTaker {

    /** What is on the brokers is read soon; where it isn't, the lane goes on with what there is. */
    private static final long READ_SOON = TimeUnit.SECONDS.toNanos(5);

    /** A lane without room for the events that are due looks again after that. */
    private static final long ROOM_SOON = TimeUnit.MILLISECONDS.toNanos(200);

    /** How many records are looked through for open events at a time. */
    private static final int READ_AGAIN = 1_000;

    private final Spool spool;
    private final Lanes lanes;
    private final SpoolTopics topics;
    private final PartitionReader reader;
    private final Clock clock;

    LaneBatchTaker(Spool spool, Lanes lanes, SpoolTopics topics, PartitionReader reader, Clock clock) {
        this.spool = spool;
        this.lanes = lanes;
        this.topics = topics;
        this.reader = reader;
        this.clock = clock;
    }

    Optional<Batch> take(int lane, int max, Duration linger, Duration patience) throws InterruptedException {
        long began = System.nanoTime();
        Optional<AssignedLane> assigned = lanes.await(lane, patience);
        if (assigned.isEmpty()) {
            return Optional.empty();
        }
        AssignedLane ours = assigned.get();
        Duration left = patience.minusNanos(Math.min(patience.toNanos(), System.nanoTime() - began));
        if (!ours.lane().awaitDue(max, linger, left, clock)) {
            return Optional.empty();
        }
        Optional<Batch> batch = Optional.empty();
        try {
            batch = take(ours, max);
            return batch;
        } finally {
            if (batch.isEmpty()) {
                ours.release();
                lanes.released(lane);
            }
        }
    }

    private Optional<Batch> take(AssignedLane ours, int max) throws InterruptedException {
        LaneProgress ledger = ours.lane().ledger();
        long now = clock.millis();
        List<Event> due = new ArrayList<>();
        long bytes = takeOpen(ours, openOnes(ours, ledger.dueAgain(max, now)), due);
        int most = Math.min(max, due.size() + ours.mostNew(due.size()));
        if (due.size() < most) {
            takeNew(ours, most, bytes, due);
        }
        if (due.isEmpty() && ours.mostOpen() == 0) {
            ours.buffer().await(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, ROOM_SOON);
        }
        List<Event> claimed = ours.lane().claim(due, now);
        Batch batch = new Batch(spool, ours.number(), claimed, event -> ledger.attempts(event.seq()));
        batch.dropForgotten();
        if (batch.size() > 0 && !ours.isGivenUp()) {
            return Optional.of(batch);
        }
        batch.commit();
        if (ledger.hasMoved() && !ours.isGivenUp()) {
            SpoolUnavailable.await(spool.settle(ours.number(), Map.of()));
        }
        return Optional.empty();
    }

    /** Those whose outcomes fit into the next commit. The lowest one always does: the head moves with it. */
    private static List<Long> openOnes(AssignedLane ours, List<Long> due) {
        int most = ours.mostOpen();
        if (due.size() <= most) {
            return due;
        }
        return most > 0
                ? due.subList(0, most)
                : due.stream()
                        .filter(seq -> seq.equals(ours.lane().ledger().open().firstKey()))
                        .toList();
    }

    /** Answers how many bytes they are. */
    private long takeOpen(AssignedLane ours, List<Long> seqs, List<Event> due) {
        Map<Long, Event> again = new HashMap<>();
        long bytes = 0;
        for (long seq : seqs) {
            Event here = ours.buffer().opened(seq);
            if (here == null && !again.containsKey(seq)) {
                again = readAgain(ours, seqs, seq);
            }
            Event event = here == null ? again.get(seq) : here;
            if (event != null && bytes < Lane.MOST_BATCH_BYTES) {
                bytes += event.raw().length;
                due.add(event);
            }
            if (bytes >= Lane.MOST_BATCH_BYTES) {
                return bytes;
            }
        }
        return bytes;
    }

    /** Reads open events that are no longer in memory: from one on, as many as a batch may hold. */
    private Map<Long, Event> readAgain(AssignedLane ours, List<Long> seqs, long from) {
        Map<Long, Event> again = new HashMap<>();
        long offset = topics.offset(from);
        long end = topics.offset(seqs.get(seqs.size() - 1)) + 1;
        reader.read(topics.eventsOf(ours.number()), offset, Math.min(end, offset + READ_AGAIN), written -> {
            long seq = topics.seq(ours.number(), written.offset());
            if (ours.lane().ledger().isOpen(seq)) {
                again.put(seq, EventRecord.read(written, seq));
            }
        });
        return again;
    }

    private void takeNew(AssignedLane ours, int max, long bytes, List<Event> due) throws InterruptedException {
        ours.buffer().await(due.isEmpty() ? max : 1, Lane.MOST_BATCH_BYTES, ours.end(), due.isEmpty() ? READ_SOON : 0);
        while (due.size() < max && bytes < Lane.MOST_BATCH_BYTES) {
            Event event = ours.buffer().next();
            if (event == null) {
                return;
            }
            bytes += event.raw().length;
            due.add(event);
        }
    }
}
