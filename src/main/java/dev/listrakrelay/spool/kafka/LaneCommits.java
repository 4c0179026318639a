package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.LaneLost;
import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.lane.LaneChange;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Commits the state of lanes, all that wait for it in one commit. A commit is sent by the thread that polls, which is woken
 * for it. A lane changes when its commit is acknowledged, not before.
 *
 * <p>The group accepts commits of its members only. A process that the group took for dead fails here with {@link LaneLost}.
 */
final class LaneCommits {

    /** A commit that the group does not accept now, for it assigns lanes anew, is tried again for so long. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final long IDLE_MILLIS = 20;

    private final SpoolTopics topics;
    private final Consumer<?, ?> consumer;
    private final Clock clock;
    private final LinkedList<WaitingCommit> waiting = new LinkedList<>();
    private Map<WaitingCommit, AssignedLane.Commit> underWay = Map.of();
    private boolean isPolling;
    private boolean isClosed;
    private IntConsumer onLost = lane -> {};

    private record WaitingCommit(
            AssignedLane lane,
            Optional<LaneChange> change,
            Map<Outcome, Long> counts,
            CompletableFuture<List<Long>> done,
            long deadline) {

        /** Each is one of its own. */
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    LaneCommits(SpoolTopics topics, Consumer<?, ?> consumer, Clock clock) {
        this.topics = topics;
        this.consumer = consumer;
        this.clock = clock;
    }

    /** Tells, on the thread that polls, which lane the group does not count as this process's any more. */
    void onLost(IntConsumer listener) {
        onLost = listener;
    }

    /**
     * Lets a lane be committed after a change, or as it is.
     *
     * @return completes with the letters of the replayed events that the change settled, once it is acknowledged
     */
    CompletableFuture<List<Long>> commit(AssignedLane lane, Optional<LaneChange> change, Map<Outcome, Long> counts) {
        WaitingCommit commit =
                new WaitingCommit(lane, change, counts, new CompletableFuture<>(), System.nanoTime() + PATIENCE_NANOS);
        synchronized (this) {
            if (isClosed) {
                return CompletableFuture.failedFuture(new SpoolUnavailable("spool: closed", null));
            }
            waiting.add(commit);
            if (isPolling && underWay.isEmpty()) {
                isPolling = false;
                consumer.wakeup();
            }
            notifyAll();
        }
        return commit.done();
    }

    /** Whether to poll now: false if there is something to send first. From now on, {@link #commit} wakes the consumer. */
    synchronized boolean beginPoll() {
        isPolling = waiting.isEmpty() || !underWay.isEmpty();
        return isPolling;
    }

    synchronized boolean isUnderWay() {
        return !underWay.isEmpty();
    }

    synchronized void endPoll() {
        isPolling = false;
    }

    /** Sends what waits, of each lane the first, unless a commit is under way. */
    void send() {
        Map<WaitingCommit, AssignedLane.Commit> round = next();
        if (round.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        round.forEach((commit, state) -> offsets.put(
                topics.eventsOf(commit.lane().number()), state.written().offset()));
        try {
            consumer.commitAsync(offsets, (same, failure) -> answered(round, failure));
        } catch (KafkaException | IllegalStateException e) {
            answered(round, e);
        }
    }

    private synchronized Map<WaitingCommit, AssignedLane.Commit> next() {
        if (!underWay.isEmpty()) {
            return Map.of();
        }
        Map<Integer, WaitingCommit> first = new LinkedHashMap<>();
        for (Iterator<WaitingCommit> each = waiting.iterator(); each.hasNext(); ) {
            WaitingCommit commit = each.next();
            if (commit.lane().isGivenUp()) {
                each.remove();
                commit.done().completeExceptionally(lost(commit));
            } else if (first.putIfAbsent(commit.lane().number(), commit) == null) {
                each.remove();
            }
        }
        Map<WaitingCommit, AssignedLane.Commit> round = new LinkedHashMap<>();
        for (WaitingCommit commit : first.values()) {
            try {
                round.put(commit, commit.lane().commit(commit.change(), commit.counts(), clock.millis()));
            } catch (RuntimeException e) {
                commit.done().completeExceptionally(e);
            }
        }
        underWay = round;
        return round;
    }

    private static LaneLost lost(WaitingCommit commit) {
        return new LaneLost("spool: lane " + commit.lane().number() + " was assigned to another process");
    }

    private void answered(Map<WaitingCommit, AssignedLane.Commit> round, Exception failure) {
        synchronized (this) {
            underWay = Map.of();
        }
        if (failure == null) {
            round.forEach(
                    (commit, state) -> commit.done().complete(commit.lane().committed(state)));
            send();
        } else {
            failed(new ArrayList<>(round.keySet()), failure);
        }
    }

    private void failed(List<WaitingCommit> round, Exception failure) {
        if (failure instanceof CommitFailedException) {
            round.forEach(commit -> onLost.accept(commit.lane().number()));
            round.forEach(commit -> commit.done().completeExceptionally(lost(commit)));
            return;
        }
        boolean isToBeTriedAgain = failure instanceof RebalanceInProgressException
                || failure instanceof RetriableCommitFailedException
                || failure instanceof RetriableException;
        List<WaitingCommit> again = round.stream()
                .filter(commit -> isToBeTriedAgain && commit.deadline() - System.nanoTime() > 0)
                .toList();
        synchronized (this) {
            waiting.addAll(0, again);
        }
        round.removeAll(again);
        round.forEach(commit -> commit.done()
                .completeExceptionally(new SpoolUnavailable(
                        "spool: lane " + commit.lane().number() + " not committed, " + failure.getMessage(), failure)));
    }

    /** Commits what comes, without polling, until something is so. For the thread that polls. */
    void sendUntil(BooleanSupplier isDone, long deadline) throws InterruptedException {
        while (!isDone.getAsBoolean() && deadline - System.nanoTime() > 0) {
            flush();
            synchronized (this) {
                if (waiting.isEmpty() || !underWay.isEmpty()) {
                    wait(IDLE_MILLIS);
                }
            }
        }
        flush();
    }

    private void flush() {
        send();
        try {
            // returns when all that was sent is answered
            consumer.commitSync(Map.of(), FLUSH);
        } catch (WakeupException e) {
            // what is sent is answered later
        } catch (KafkaException e) {
            // told to whoever waits for it
        }
    }

    /** Commits what waits, and no more after that. */
    void close() {
        flush();
        List<WaitingCommit> left;
        synchronized (this) {
            isClosed = true;
            left = new ArrayList<>(waiting);
            left.addAll(underWay.keySet());
            waiting.clear();
        }
        left.forEach(commit -> commit.done().completeExceptionally(new SpoolUnavailable("spool: closed", null)));
    }
}
