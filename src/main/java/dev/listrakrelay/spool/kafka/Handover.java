package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Takes lanes over that the group gives us, and hands back those that it takes away, once the batch in flight is settled.
 * One that is lost already is let go at once: what is settled of it later doesn't count.
 */
final class Handover implements ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(Handover.class);
    private static final Duration LONGEST_BATCH = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final String name;
    private final org.apache.kafka.clients.consumer.Consumer<?, ?> consumer;
    private final Lanes lanes;
    private final IntFunction<Lanes.Held> bringBack;
    private final ScheduledExecutorService background;
    /** What tells one time that a lane is ours from another. */
    private final Map<Integer, Object> ours = new ConcurrentHashMap<>();

    private final Map<Lanes.Held, Object> broughtBackFor = new ConcurrentHashMap<>();
    private volatile Consumer<Lanes.Held> broughtBack = lane -> {};
    private volatile boolean isLeaving;

    /**
     * @param bringBack makes a lane ours, or fails with {@link SpoolUnavailable}
     */
    Handover(
            String name,
            org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
            Lanes lanes,
            IntFunction<Lanes.Held> bringBack,
            ScheduledExecutorService background) {
        this.name = name;
        this.consumer = consumer;
        this.lanes = lanes;
        this.bringBack = bringBack;
        this.background = background;
    }

    /** Who takes what was brought back. */
    void onBroughtBack(Consumer<Lanes.Held> listener) {
        broughtBack = listener;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        LOG.infof("%s: lanes %s are given to us", name, numbers(partitions));
        consumer.pause(partitions);
        partitions.forEach(partition -> {
            Object since = new Object();
            ours.put(partition.partition(), since);
            background.execute(() -> bringBack(partition.partition(), since, false));
        });
    }

    private void bringBack(int lane, Object since, boolean isTold) {
        if (isLeaving || ours.get(lane) != since) {
            return;
        }
        try {
            Lanes.Held held = bringBack.apply(lane);
            broughtBackFor.put(held, since);
            broughtBack.accept(held);
        } catch (RuntimeException e) {
            if (!isTold) {
                LOG.warnf("%s, lane %d: not brought back, trying again, %s", name, lane, e.getMessage());
            }
            background.schedule(() -> bringBack(lane, since, true), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Whether a lane that was brought back wasn't taken away meanwhile. */
    boolean isStillOurs(Lanes.Held lane) {
        Object since = broughtBackFor.remove(lane);
        return since != null && ours.get(lane.lane().number()) == since;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty() && !isLeaving) {
            letFinish(partitions);
            giveUp(partitions);
            LOG.infof("%s: lanes %s are handed over", name, numbers(partitions));
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty() && !isLeaving) {
            giveUp(partitions);
            LOG.warnf(
                    "%s: lanes %s are lost, for the brokers didn't hear of us; what was in flight may be sent twice",
                    name, numbers(partitions));
        }
    }

    /** We go: nothing that is out is waited for. */
    void leave() {
        isLeaving = true;
        ours.clear();
        for (int lane = 0; lane < lanes.count(); lane++) {
            lanes.giveUp(lane);
        }
    }

    private void letFinish(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> lanes.get(partition.partition())
                .ifPresent(held -> held.lane().lane().stop()));
        long deadline = System.nanoTime() + LONGEST_BATCH.toNanos();
        for (TopicPartition partition : partitions) {
            try {
                Lanes.Held held = lanes.get(partition.partition()).orElse(null);
                if (held != null && !held.lane().lane().awaitReleased(deadline)) {
                    LOG.warnf("%s, lane %d: given up with a batch in flight", name, partition.partition());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void giveUp(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            ours.remove(partition.partition());
            lanes.giveUp(partition.partition());
        });
    }

    private static TreeSet<Integer> numbers(Collection<TopicPartition> partitions) {
        TreeSet<Integer> numbers = new TreeSet<>();
        partitions.forEach(partition -> numbers.add(partition.partition()));
        return numbers;
    }
}
