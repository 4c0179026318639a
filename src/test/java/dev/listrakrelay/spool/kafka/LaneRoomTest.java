package dev.listrakrelay.spool.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A lane takes only as many events as its committed state has room for, and continues when it has room again. */
class LaneRoomTest extends KafkaTest {

    private static final int EVENTS = 3_000;
    private static final Settlement DELIVERED = new Settlement.Delivered();

    private final TestClock clock = new TestClock();
    private int retried;

    @Test
    void aLaneWithManyTriesOfTheirOwnWaitsAndLosesNothing() throws Exception {
        // given
        KafkaFixture topics = new KafkaFixture(broker, "room");
        List<String> delivered = new ArrayList<>();
        int waiting;
        try (KafkaSpool spool = topics.open(1, clock)) {
            append(spool);

            // when every second event is retried, each at a different time
            for (Optional<Batch> next = take(spool); next.isPresent(); next = take(spool)) {
                settleEverySecond(next.get(), delivered);
                spool.release(0);
            }
            waiting = retried;
            assertTrue(waits(spool), "it waits, rather than to look again all the time");
            assertEquals(EVENTS - delivered.size(), spool.pending());
        }

        // then it stopped with events left, and its committed state fits into the metadata
        assertTrue(waiting > 250, "retried: " + waiting);
        assertTrue(delivered.size() + waiting < EVENTS, "left: " + (EVENTS - delivered.size() - waiting));
        OffsetAndMetadata committed = committed("room.events");
        assertTrue(committed.metadata().length() <= 4_096, committed::metadata);
        assertEquals(waiting, LaneSnapshot.read(committed).open().size());
        try (KafkaSpool again = topics.open(1, clock)) {
            assertTrue(take(again).isEmpty());
            clock.advance(Duration.ofHours(2));
            await().atMost(KafkaFixture.BOUND).until(() -> {
                take(again).ifPresent(batch -> deliver(batch, delivered));
                again.release(0);
                return again.pending() == 0;
            });
        }
        assertEquals(EVENTS, delivered.size());
        assertEquals(EVENTS, delivered.stream().distinct().count());
    }

    private static boolean waits(KafkaSpool spool) throws InterruptedException {
        long began = System.nanoTime();
        boolean isEmpty =
                spool.take(0, 100, Duration.ZERO, Duration.ofMillis(600)).isEmpty();
        return isEmpty && System.nanoTime() - began > Duration.ofMillis(500).toNanos();
    }

    private void settleEverySecond(Batch batch, List<String> delivered) {
        int i = 0;
        for (Event event : batch) {
            if (i++ % 2 == 0) {
                retried++;
                batch.mark(
                        event, new Settlement.Retry(clock.instant().plusSeconds(600 + (retried * 37L) % 3_000), "429"));
            } else {
                delivered.add(event.messageId());
                batch.mark(event, DELIVERED);
            }
        }
        batch.commit();
    }

    private static void deliver(Batch batch, List<String> delivered) {
        batch.forEach(event -> {
            delivered.add(event.messageId());
            batch.mark(event, DELIVERED);
        });
        batch.commit();
    }

    private static Optional<Batch> take(KafkaSpool spool) throws InterruptedException {
        return spool.take(0, 100, Duration.ZERO, Duration.ZERO);
    }

    private void append(KafkaSpool spool) {
        KafkaFixture.append(spool, 0, EVENTS, clock);
    }

    private static OffsetAndMetadata committed(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.url()))) {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(group, 0));
        }
    }
}
