package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.LaneLost;
import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.lane.LaneChange;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Commits the states of lanes to the consumer group, all waiting ones in one commit. The thread that polls sends it,
 * and is woken for it. A lane changes only when its commit is acknowledged.
 *
 * <p>The group accepts commits of its members only. If the group has removed this process, the commit fails with {@link
 * LaneLost}.
 */
final class LaneCommits {

    /** How long to retry a commit that the group refuses while it assigns lanes anew. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final long IDLE_MILLIS = 20;

    private final SpoolTopics topics;
    private final Consumer<byte[], byte[]> consumer;
    private final Clock clock;
    private final List<WaitingCommit> waiting = new LinkedList<>();
    private List<SentCommit> underWay = List.of();
    private boolean isPolling;
    private boolean isClosed;
    private IntConsumer onLost = lane -> {};

    private record WaitingCommit(
            AssignedLane lane,
            Optional<LaneChange> change,
            Map<Outcome, Long> counts,
            CompletableFuture<List<Long>> done,
            long deadline) {}

    private record SentCommit(WaitingCommit commit, AssignedLane.Commit state) {}

    LaneCommits(SpoolTopics topics, Consumer<byte[], byte[]> consumer, Clock clock) {
        this.topics = topics;
        this.consumer = consumer;
        this.clock = clock;
    }

    /**
     * Calls a listener, on the thread that polls, for each lane that the group no longer counts as assigned to this
     * process.
     */
    void onLost(IntConsumer listener) {
        onLost = listener;
    }

    /**
     * Queues a commit of a lane.
     *
     * @param change the outcomes to commit; empty to commit the lane as it is
     * @param counts the numbers of events to add to the tally, by outcome
     * @return completes when the commit is acknowledged, with the seqs of the dead letters whose replayed events it
     *     settled
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

    /** Polls the consumer, unless a commit has to be sent first. A new commit wakes the consumer. */
    ConsumerRecords<byte[], byte[]> poll(Duration longest) {
        synchronized (this) {
            isPolling = waiting.isEmpty() || !underWay.isEmpty();
            if (!isPolling) {
                return ConsumerRecords.empty();
            }
        }
        try {
            return consumer.poll(longest);
        } finally {
            synchronized (this) {
                isPolling = false;
            }
        }
    }

    synchronized boolean isUnderWay() {
        return !underWay.isEmpty();
    }

    /** Sends the first waiting commit of each lane, unless a commit is under way. */
    void send() {
        List<SentCommit> round = next();
        if (round.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        round.forEach(sent -> offsets.put(
                topics.eventsOf(sent.commit().lane().number()),
                sent.state().written().offset()));
        try {
            consumer.commitAsync(offsets, (same, failure) -> answered(round, failure));
        } catch (KafkaException | IllegalStateException e) {
            answered(round, e);
        }
    }

    private synchronized List<SentCommit> next() {
        if (!underWay.isEmpty()) {
            return List.of();
        }
        List<SentCommit> round = new ArrayList<>();
        Set<Integer> lanes = new HashSet<>();
        for (Iterator<WaitingCommit> each = waiting.iterator(); each.hasNext(); ) {
            WaitingCommit commit = each.next();
            AssignedLane lane = commit.lane();
            if (lane.isGivenUp()) {
                each.remove();
                commit.done().completeExceptionally(lost(commit));
            } else if (lanes.add(lane.number())) {
                each.remove();
                try {
                    round.add(new SentCommit(commit, lane.commit(commit.change(), commit.counts(), clock.millis())));
                } catch (RuntimeException e) {
                    commit.done().completeExceptionally(e);
                }
            }
        }
        underWay = round;
        return round;
    }

    private static LaneLost lost(WaitingCommit commit) {
        return new LaneLost("spool: lane " + commit.lane().number() + " was assigned to another process");
    }

    private void answered(List<SentCommit> round, Exception failure) {
        synchronized (this) {
            underWay = List.of();
        }
        if (failure == null) {
            round.forEach(
                    sent -> sent.commit().done().complete(sent.commit().lane().committed(sent.state())));
            send();
        } else {
            failed(round.stream().map(SentCommit::commit).toList(), failure);
        }
    }

    private void failed(List<WaitingCommit> round, Exception failure) {
        if (failure instanceof CommitFailedException) {
            round.forEach(commit -> onLost.accept(commit.lane().number()));
            round.forEach(commit -> commit.done().completeExceptionally(lost(commit)));
            return;
        }
        boolean isToBeTriedAgain =
                failure instanceof RebalanceInProgressException || failure instanceof RetriableException;
        List<WaitingCommit> again = new ArrayList<>();
        for (WaitingCommit commit : round) {
            if (isToBeTriedAgain && commit.deadline() - System.nanoTime() > 0) {
                again.add(commit);
            } else {
                commit.done()
                        .completeExceptionally(new SpoolUnavailable(
                                "spool: lane " + commit.lane().number() + " not committed, " + failure.getMessage(),
                                failure));
            }
        }
        synchronized (this) {
            waiting.addAll(0, again);
        }
    }

    /**
     * Sends commits without polling, until a condition is met. Only the thread that polls may call it.
     *
     * @param deadline when to end in any case, of {@link System#nanoTime}
     */
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
            // returns when all commits that were sent are answered
            consumer.commitSync(Map.of(), FLUSH);
        } catch (WakeupException e) {
            // the answer comes later
        } catch (KafkaException e) {
            // the callback of the commit gets the failure
        }
    }

    /** Sends the waiting commits. Commits that are not answered then, and later ones, fail. */
    void close() {
        flush();
        List<WaitingCommit> left;
        synchronized (this) {
            isClosed = true;
            left = new ArrayList<>(waiting);
            underWay.forEach(sent -> left.add(sent.commit()));
            waiting.clear();
        }
        left.forEach(commit -> commit.done().completeExceptionally(new SpoolUnavailable("spool: closed", null)));
    }
}
