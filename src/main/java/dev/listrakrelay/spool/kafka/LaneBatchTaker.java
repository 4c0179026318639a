package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SpoolLanes;
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

/**
 * Takes the next batch of a lane that is assigned to this process: first the open events that are due again, then the
 * next new events.
 */
final class LaneBatchTaker {

    /** The longest wait for events that are on the brokers. After it, a batch takes the events that were read. */
    private static final long READ_SOON = TimeUnit.SECONDS.toNanos(5);

    /** How long a lane waits if the next commit has no space for the outcomes of due events. */
    private static final long ROOM_SOON = TimeUnit.MILLISECONDS.toNanos(200);

    /** The most records that are read at once to find open events. */
    private static final int READ_AGAIN = 1_000;

    private final SpoolLanes spool;
    private final Lanes lanes;
    private final SpoolTopics topics;
    private final PartitionReader reader;
    private final Clock clock;

    LaneBatchTaker(SpoolLanes spool, Lanes lanes, SpoolTopics topics, PartitionReader reader, Clock clock) {
        this.spool = spool;
        this.lanes = lanes;
        this.topics = topics;
        this.reader = reader;
        this.clock = clock;
    }

    Optional<Batch> take(int number, int max, Duration linger, Duration patience) throws InterruptedException {
        long began = System.nanoTime();
        Optional<AssignedLane> assigned = lanes.await(number, patience);
        if (assigned.isEmpty()) {
            return Optional.empty();
        }
        AssignedLane lane = assigned.get();
        Duration left = patience.minusNanos(Math.min(patience.toNanos(), System.nanoTime() - began));
        if (!lane.lane().awaitDue(max, linger, left, clock)) {
            return Optional.empty();
        }
        Optional<Batch> batch = Optional.empty();
        try {
            batch = take(lane, max);
            return batch;
        } finally {
            if (batch.isEmpty()) {
                lane.release();
                lanes.released(number);
            }
        }
    }

    private Optional<Batch> take(AssignedLane lane, int max) throws InterruptedException {
        long now = clock.millis();
        List<Event> due = new ArrayList<>();
        long bytes = takeOpen(lane, openToTake(lane, max, now), due);
        int most = Math.min(max, due.size() + lane.mostNew(due.size()));
        if (due.size() < most) {
            takeNew(lane, most, bytes, due);
        }
        if (due.isEmpty() && lane.mostOpen() == 0) {
            lane.buffer().await(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, ROOM_SOON);
        }
        List<Event> claimed = lane.lane().claim(due, now);
        // after the claim, so that a lane that is given up meanwhile counts as one with a batch
        return lane.isGivenUp() ? Optional.empty() : lane.lane().batch(spool, claimed);
    }

    /**
     * The due open events whose outcomes fit into the next commit. The outcome of the lowest open event always fits,
     * because the head moves with it.
     */
    private static List<Long> openToTake(AssignedLane lane, int max, long now) {
        LaneProgress progress = lane.lane().ledger();
        List<Long> due = progress.dueAgain(Math.min(max, Math.max(1, lane.mostOpen())), now);
        boolean isFitting = due.isEmpty()
                || lane.mostOpen() > 0
                || due.get(0).equals(progress.open().firstKey());
        return isFitting ? due : List.of();
    }

    /** Adds open events to {@code due}. Returns the bytes of their payloads. */
    private long takeOpen(AssignedLane lane, List<Long> seqs, List<Event> due) {
        Map<Long, Event> again = new HashMap<>();
        long bytes = 0;
        for (long seq : seqs) {
            if (bytes >= Lane.MOST_BATCH_BYTES) {
                return bytes;
            }
            Event here = lane.buffer().opened(seq);
            if (here == null && !again.containsKey(seq)) {
                again = readAgain(lane, seqs, seq);
            }
            Event event = here == null ? again.get(seq) : here;
            if (event != null) {
                bytes += event.raw().length;
                due.add(event);
            }
        }
        return bytes;
    }

    /** Reads the open events among 1,000 records from a seq on, because they are not in memory any more. */
    private Map<Long, Event> readAgain(AssignedLane lane, List<Long> seqs, long from) {
        Map<Long, Event> again = new HashMap<>();
        long offset = topics.offset(from);
        long end = topics.offset(seqs.get(seqs.size() - 1)) + 1;
        reader.read(topics.eventsOf(lane.number()), offset, Math.min(end, offset + READ_AGAIN), written -> {
            long seq = topics.seq(lane.number(), written.offset());
            if (lane.lane().ledger().isOpen(seq)) {
                again.put(seq, EventRecord.read(written, seq));
            }
        });
        return again;
    }

    private void takeNew(AssignedLane lane, int max, long bytes, List<Event> due) throws InterruptedException {
        lane.buffer().await(due.isEmpty() ? max : 1, Lane.MOST_BATCH_BYTES, lane.end(), due.isEmpty() ? READ_SOON : 0);
        while (due.size() < max && bytes < Lane.MOST_BATCH_BYTES) {
            Event event = lane.buffer().next();
            if (event == null) {
                return;
            }
            bytes += event.raw().length;
            due.add(event);
        }
    }
}
