package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.log.LogRateLimiter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Starts the lanes that the group assigns to this process, and hands back the lanes that it revokes once their batches
 * are settled. It gives up a lost lane at once; later outcomes of its batch are not stored.
 */
final class LaneAssignments implements ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(LaneAssignments.class);
    private static final Duration LONGEST_BATCH = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final SpoolTopics topics;
    private final Consumer<?, ?> consumer;
    private final Lanes lanes;
    private final LaneCommits commits;
    private final IntFunction<AssignedLane> recoverLane;
    private final ScheduledExecutorService background;

    /**
     * The recovery of each lane that is assigned and has not started. One that began under an earlier assignment is
     * discarded.
     */
    private final Map<Integer, CompletableFuture<AssignedLane>> recoveries = new ConcurrentHashMap<>();

    private final LogRateLimiter lines = LogRateLimiter.onceUntilEnded();
    private volatile boolean isLeaving;

    /**
     * @param recoverLane recovers a lane, or fails with {@link dev.listrakrelay.spool.SpoolUnavailable}
     */
    LaneAssignments(
            SpoolTopics topics,
            Consumer<?, ?> consumer,
            Lanes lanes,
            LaneCommits commits,
            IntFunction<AssignedLane> recoverLane,
            ScheduledExecutorService background) {
        this.topics = topics;
        this.consumer = consumer;
        this.lanes = lanes;
        this.commits = commits;
        this.recoverLane = recoverLane;
        this.background = background;
        commits.onLost(this::lost);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        LOG.infof("%s: lanes %s are assigned to this process", topics.events(), numbers(partitions));
        // reading begins when the recovery knows the first offset
        consumer.pause(partitions);
        partitions.forEach(partition -> recoverLater(partition.partition()));
    }

    private void recoverLater(int lane) {
        CompletableFuture<AssignedLane> recovery = new CompletableFuture<>();
        recoveries.put(lane, recovery);
        background.execute(() -> recover(lane, recovery));
    }

    private void recover(int lane, CompletableFuture<AssignedLane> recovery) {
        if (isLeaving || recoveries.get(lane) != recovery) {
            return;
        }
        String subject = topics.eventsOf(lane).toString();
        try {
            recovery.complete(recoverLane.apply(lane));
            lines.end(subject);
            consumer.wakeup();
        } catch (RuntimeException e) {
            if (lines.isDue(subject)) {
                LOG.warnf("%s, lane %d: not recovered, trying again, %s", topics.events(), lane, e.getMessage());
            }
            background.schedule(() -> recover(lane, recovery), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Starts the recovered lanes. Only the thread that polls may call it. */
    void begin() {
        recoveries.values().removeIf(recovery -> {
            AssignedLane lane = recovery.getNow(null);
            if (lane != null) {
                consumer.seek(topics.eventsOf(lane.number()), lane.buffer().readTo());
                lanes.add(lane);
            }
            return lane != null;
        });
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty() && !isLeaving) {
            letFinish(partitions);
            partitions.forEach(partition -> giveUp(partition.partition()));
            LOG.infof("%s: lanes %s are handed over", topics.events(), numbers(partitions));
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty() && !isLeaving) {
            partitions.forEach(partition -> giveUp(partition.partition()));
            LOG.warnf(
                    "%s: lanes %s are lost, because the brokers did not hear from this process; events in flight may be"
                            + " sent twice",
                    topics.events(), numbers(partitions));
        }
    }

    /**
     * Gives up a lane whose commit the group refused. If the lane is still assigned to this process, it is recovered
     * from its committed state.
     */
    private void lost(int lane) {
        giveUp(lane);
        TopicPartition events = topics.eventsOf(lane);
        if (!isLeaving && consumer.assignment().contains(events)) {
            consumer.pause(Set.of(events));
            recoverLater(lane);
        }
    }

    /** Gives all lanes up, without waiting for batches. */
    void leave() {
        isLeaving = true;
        for (int lane = 0; lane < lanes.count(); lane++) {
            giveUp(lane);
        }
    }

    private void letFinish(Collection<TopicPartition> partitions) {
        List<AssignedLane> leaving = partitions.stream()
                .flatMap(partition -> lanes.get(partition.partition()).stream())
                .toList();
        leaving.forEach(lane -> lane.lane().stop());
        try {
            commits.sendUntil(
                    () -> leaving.stream().noneMatch(lane -> lane.lane().isOut()),
                    System.nanoTime() + LONGEST_BATCH.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leaving.stream()
                .filter(lane -> lane.lane().isOut())
                .forEach(lane ->
                        LOG.warnf("%s, lane %d: given up with a batch in flight", topics.events(), lane.number()));
    }

    private void giveUp(int lane) {
        recoveries.remove(lane);
        lanes.giveUp(lane);
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).sorted().toList();
    }
}
