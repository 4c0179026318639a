package dev.listrakrelay.spool.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.LaneLost;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.Test;

/** Lanes move between processes without losing events or their order, and each lane has one owner at a time. */
class LaneAssignmentsTest extends KafkaTest {

    private static final int LANES = 6;
    private static final int CONTACTS = 30;
    private static final Settlement DELIVERED = new Settlement.Delivered();

    @Test
    void aSecondProcessTakesItsShareOverUnderLoadAndHandsItBack() throws Exception {
        // given
        KafkaFixture topics = new KafkaFixture(broker, "shared");
        Map<String, Queue<String>> delivered = Walks.nothing();
        AtomicInteger appended = new AtomicInteger();
        AtomicBoolean isEnough = new AtomicBoolean();
        try (KafkaSpool first = topics.open(LANES, Clock.systemUTC());
                Walks walks = new Walks(first, delivered)) {
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                while (!isEnough.get()) {
                    append(first, appended.getAndAdd(20), 20);
                }
            });
            await().atMost(KafkaFixture.BOUND).until(() -> Walks.count(delivered) > 500);

            // when
            long alone;
            try (KafkaSpool second = topics.join(LANES, Clock.systemUTC())) {
                Walks others = new Walks(second, delivered);
                await().atMost(KafkaFixture.BOUND)
                        .until(() -> second.assignedLanes().size() == LANES / 2
                                && first.assignedLanes().size() == LANES / 2);
                long both = Walks.count(delivered);
                await().atMost(KafkaFixture.BOUND).until(() -> Walks.count(delivered) > both + 500);
                others.close();
            }
            await().atMost(KafkaFixture.BOUND).until(() -> first.assignedLanes().size() == LANES);
            alone = Walks.count(delivered);
            await().atMost(KafkaFixture.BOUND).until(() -> Walks.count(delivered) > alone + 500);
            isEnough.set(true);
            load.join();
            await().atMost(KafkaFixture.BOUND).until(() -> first.pending() == 0);

            // then
            assertEquals(appended.get(), Walks.count(delivered), "each was delivered, and none twice");
            for (int contact = 0; contact < CONTACTS; contact++) {
                int number = contact;
                assertEquals(
                        IntStream.range(0, appended.get())
                                .filter(i -> i % CONTACTS == number)
                                .mapToObj(i -> "m-" + i)
                                .toList(),
                        List.copyOf(delivered.get("contact-" + contact)));
            }
            Map<Spool.Outcome, Long> tally = first.tally();
            assertEquals(appended.get(), tally.get(new Spool.Outcome("delivered", "")));
            assertEquals(appended.get(), tally.get(new Spool.Outcome("accepted", "")));
        }
    }

    @Test
    void whatIsInFlightIsSettledBeforeItsLaneMoves() throws Exception {
        // given a batch of each lane in flight
        KafkaFixture topics = new KafkaFixture(broker, "in-flight");
        try (KafkaSpool first = topics.open(2, Clock.systemUTC())) {
            append(first, 0, 100);
            Batch[] batches = {take(first, 0), take(first, 1)};
            int both = batches[0].size() + batches[1].size();

            // when the group assigns one of these lanes to another process
            try (KafkaSpool second = topics.join(2, Clock.systemUTC())) {
                await().atMost(KafkaFixture.BOUND).until(() -> first.isHandedOver(0) || first.isHandedOver(1));
                int leaving = first.isHandedOver(0) ? 0 : 1;
                long notYet = second.assignedLanes().size();
                batches[leaving].forEach(event -> batches[leaving].mark(event, DELIVERED));
                batches[leaving].commit();
                first.release(leaving);

                // then
                await().atMost(KafkaFixture.BOUND)
                        .until(() -> second.assignedLanes().size() == 1);
                assertEquals(0, notYet);
                assertEquals(100, both);
                assertEquals((long) batches[leaving].size(), second.tally().get(new Spool.Outcome("delivered", "")));
            }
        }
    }

    @Test
    void whatAFormerOwnerSettlesIsIgnored() throws Exception {
        // given a process with a batch in flight, which the group considers dead
        KafkaFixture topics = new KafkaFixture(broker, "fenced");
        try (KafkaSpool former = topics.open(1, Clock.systemUTC())) {
            append(former, 0, 10);
            Batch late = take(former, 0);
            settle(late, DELIVERED, "m-0");
            removeAllMembers("fenced.events");

            // when
            late.forEach(event -> late.mark(event, new Settlement.Dropped("no_rule")));
            LaneLost lost = assertThrows(LaneLost.class, late::commit);
            former.release(0);

            // then
            assertTrue(lost.getMessage().contains("was assigned to another process"), lost::getMessage);
            Batch again = take(former, 0);
            assertEquals(9, again.size());
            settle(again, DELIVERED, "m-1", "m-2");
        }
        try (KafkaSpool again = topics.open(1, Clock.systemUTC())) {
            assertEquals(
                    Map.of(new Spool.Outcome("accepted", ""), 10L, new Spool.Outcome("delivered", ""), 3L),
                    again.tally());
            assertEquals(7, again.pending());
        }
    }

    @Test
    void everyProcessKnowsTheStateOfAllLanes() throws Exception {
        // given
        KafkaFixture topics = new KafkaFixture(broker, "all-lanes");
        try (KafkaSpool owner = topics.open(1, Clock.systemUTC());
                KafkaSpool other = topics.join(1, Clock.systemUTC())) {
            append(owner, 0, 10);
            Batch batch = take(owner, 0);
            settle(batch, DELIVERED, "m-0", "m-1", "m-2");
            settle(batch, new Settlement.Retry(Instant.now().plusSeconds(60), "429"), "m-5");

            // when
            owner.pause(0, Duration.ofMinutes(3), 1, "503")
                    .toCompletableFuture()
                    .join();

            // then
            await().atMost(KafkaFixture.BOUND).untilAsserted(() -> assertEquals(owner.tally(), other.tally()));
            assertEquals(0, other.assignedLanes().size());
            assertEquals(7, other.pending());
            assertEquals(
                    owner.laneStates().get(0).pausedUntil(),
                    other.laneStates().get(0).pausedUntil());
            assertEquals(1, other.pauses(0));
        }
    }

    @Test
    void anEventThatTwoProcessesStoredIsDeliveredAndCountedOnce() throws Exception {
        // given
        KafkaFixture topics = new KafkaFixture(broker, "twice");
        try (KafkaSpool owner = topics.open(1, Clock.systemUTC());
                KafkaSpool other = topics.join(1, Clock.systemUTC())) {
            append(owner, 0, 5);

            // when
            append(other, 3, 5);

            // then
            await().atMost(KafkaFixture.BOUND).until(() -> owner.pending() == 8);
            Batch batch = take(owner, 0);
            assertEquals(
                    List.of("m-0", "m-1", "m-2", "m-3", "m-4", "m-5", "m-6", "m-7"),
                    StreamSupport.stream(batch.spliterator(), false)
                            .map(Event::messageId)
                            .toList());
            assertEquals(8L, owner.tally().get(new Spool.Outcome("accepted", "")));
        }
    }

    private static void append(Spool spool, int from, int count) {
        spool.append(IntStream.range(from, from + count)
                        .mapToObj(i -> new Event(
                                0,
                                "m-" + i,
                                "rest",
                                "page",
                                "",
                                "contact-" + i % CONTACTS,
                                Instant.ofEpochMilli(i),
                                "{}".getBytes(StandardCharsets.UTF_8)))
                        .toList())
                .toCompletableFuture()
                .join();
    }

    private static void removeAllMembers(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.url()))) {
            admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static Batch take(Spool spool, int lane) throws InterruptedException {
        return spool.take(lane, 100, Duration.ZERO, KafkaFixture.BOUND).orElseThrow();
    }

    private static void settle(Batch batch, Settlement how, String... ids) {
        List<String> chosen = List.of(ids);
        batch.forEach(event -> {
            if (chosen.contains(event.messageId())) {
                batch.mark(event, how);
            }
        });
        batch.commit();
    }
}
