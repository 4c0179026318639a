package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/** Reads the events of the lanes that are ours into their buffers, and no further than those have room. */
final class LaneReader implements Runnable {

    private static final Logger LOG = Logger.getLogger(LaneReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LEAVE = Duration.ofSeconds(5);
    private static final long AGAIN_MILLIS = 1_000;

    private final SpoolTopics topics;
    private final Consumer<byte[], byte[]> consumer;
    private final Lanes lanes;
    private final Handover handover;
    private final Upkeep upkeep;
    private final Queue<Lanes.Held> broughtBack = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private String told = "";

    LaneReader(SpoolTopics topics, Consumer<byte[], byte[]> consumer, Lanes lanes, Handover handover, Upkeep upkeep) {
        this.topics = topics;
        this.consumer = consumer;
        this.lanes = lanes;
        this.handover = handover;
        this.upkeep = upkeep;
        this.thread = new Thread(this, topics.name() + "-reader");
    }

    void start() {
        handover.onBroughtBack(lane -> {
            broughtBack.add(lane);
            consumer.wakeup();
        });
        thread.start();
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(List.of(topics.events()), handover);
            while (stop.getCount() > 0) {
                once();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leave();
        }
    }

    private void once() throws InterruptedException {
        try {
            own();
            makeRoom();
            read(consumer.poll(POLL));
            upkeep.now(consumer);
            told = "";
        } catch (WakeupException e) {
            // there is something to do
        } catch (KafkaException | SpoolUnavailable e) {
            if (!told.equals(String.valueOf(e.getMessage()))) {
                LOG.warnf("%s: not readable, trying again, %s", topics.events(), e.getMessage());
                told = String.valueOf(e.getMessage());
            }
            stop.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void own() {
        for (Lanes.Held lane = broughtBack.poll(); lane != null; lane = broughtBack.poll()) {
            if (handover.isStillOurs(lane)) {
                consumer.seek(
                        topics.eventsOf(lane.lane().number()),
                        lane.lane().buffer().readTo());
                lanes.own(lane);
            }
        }
    }

    private void makeRoom() {
        Set<TopicPartition> paused = consumer.paused();
        lanes.all().forEach(lane -> {
            TopicPartition partition = topics.eventsOf(lane.lane().number());
            boolean isPaused = paused.contains(partition);
            if (isPaused && lane.lane().buffer().hasRoom()) {
                consumer.resume(Set.of(partition));
            } else if (!isPaused && lane.lane().buffer().isFull()) {
                consumer.pause(Set.of(partition));
            }
        });
    }

    private void read(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            OwnedLane lane =
                    lanes.get(partition.partition()).map(Lanes.Held::lane).orElse(null);
            if (lane != null) {
                for (ConsumerRecord<byte[], byte[]> written : records.records(partition)) {
                    lane.read(written);
                }
            }
        }
    }

    private void leave() {
        try {
            upkeep.commit(consumer);
        } catch (KafkaException e) {
            LOG.debugf("%s: not committed, %s", topics.events(), e.getMessage());
        } finally {
            handover.leave();
            consumer.close(CloseOptions.timeout(LEAVE));
        }
    }

    /** Gives all lanes back to the group. */
    void close() {
        stop.countDown();
        consumer.wakeup();
        try {
            thread.join(2 * LEAVE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
