package dev.listrakrelay.spool.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Polls the group's consumer: it sends waiting commits, and reads events into the buffers of lanes that have space. */
final class LanePoller implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final SpoolTopics topics;
    private final Consumer<byte[], byte[]> consumer;
    private final Lanes lanes;
    private final LaneAssignments assignments;
    private final LaneCommits commits;
    private final LaneMaintenance maintenance;
    private final PollLoop loop;

    LanePoller(
            SpoolTopics topics,
            Consumer<byte[], byte[]> consumer,
            Lanes lanes,
            LaneAssignments assignments,
            LaneCommits commits,
            LaneMaintenance maintenance) {
        this.topics = topics;
        this.consumer = consumer;
        this.lanes = lanes;
        this.assignments = assignments;
        this.commits = commits;
        this.maintenance = maintenance;
        consumer.subscribe(List.of(topics.events()), assignments);
        this.loop = new PollLoop(topics.name() + "-poll", topics.events(), consumer, this::once, this::leave);
    }

    private void once() {
        assignments.begin();
        makeRoom();
        commits.send();
        read(commits.poll(POLL));
        receiveAnswers();
        maintenance.now();
    }

    /**
     * Receives the answer to a commit. A poll that returns fetched records doesn't read from the network, but a poll
     * with all lanes paused does. {@link #makeRoom} resumes them.
     */
    private void receiveAnswers() {
        if (commits.isUnderWay()) {
            consumer.pause(consumer.assignment());
            read(consumer.poll(Duration.ZERO));
        }
    }

    /** Pauses the reading of lanes whose buffer is full, and resumes it when there is space. */
    private void makeRoom() {
        lanes.all().forEach(lane -> {
            Set<TopicPartition> events = Set.of(topics.eventsOf(lane.number()));
            if (lane.buffer().hasRoom()) {
                consumer.resume(events);
            } else if (lane.buffer().isFull()) {
                consumer.pause(events);
            }
        });
    }

    private void read(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            lanes.get(partition.partition()).ifPresent(lane -> lane.read(records.records(partition)));
        }
    }

    private void leave() {
        try {
            commits.close();
        } finally {
            assignments.leave();
            consumer.close(CloseOptions.timeout(LEAVE));
        }
    }

    /** Gives all lanes back to the group. */
    @Override
    public void close() {
        loop.close();
    }
}
