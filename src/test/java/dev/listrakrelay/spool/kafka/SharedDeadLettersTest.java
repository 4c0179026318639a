package dev.listrakrelay.spool.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Batches;
import dev.listrakrelay.spool.ErasureCounts;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.TestClock;
import dev.listrakrelay.spool.lane.Lane;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * If processes share a spool, each of them accepts replay and forget requests, and the owner of the lane executes them
 * once.
 */
class SharedDeadLettersTest extends KafkaTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Settlement DELIVERED = new Settlement.Delivered();
    private static final Settlement REJECTED = new Settlement.Dead("rejected", "400 bad");
    private static final String ADA = "ada@example.com";
    private static final String BEN = "ben@example.com";
    private static final int LANES = 4;

    private final TestClock clock = new TestClock();
    private final KafkaFixture fixture =
            new KafkaFixture(broker, UUID.randomUUID().toString());
    private final List<KafkaSpool> open = new ArrayList<>();
    private KafkaSpool one;
    private KafkaSpool other;

    @BeforeEach
    void two() {
        one = fixture.open(LANES, clock);
        other = fixture.join(LANES, clock);
        open.addAll(List.of(one, other));
        await().atMost(BOUND).until(() -> lanes(one).size() == 2 && lanes(other).size() == 2);
    }

    @AfterEach
    void close() {
        open.forEach(Spool::close);
    }

    private static List<Integer> lanes(KafkaSpool spool) {
        return spool.assignedLanes();
    }

    private Event event(String contact, String id) {
        return about(id, null, contact);
    }

    private Event about(String id, String userId, String email) {
        return new Event(
                0,
                id,
                "rest",
                "track",
                "Order Completed",
                email != null ? email : userId,
                Identity.told(userId, null, email),
                clock.instant(),
                clock.instant(),
                ("{\"messageId\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static void append(Spool spool, List<Event> events) {
        assertEquals(events.size(), SpoolUnavailable.await(spool.append(events)));
    }

    private List<Event> settleUntil(KafkaSpool spool, Settlement how, Predicate<List<Event>> isEnough) {
        return settleUntil(List.of(spool), how, isEnough);
    }

    /**
     * Settles all due events in the lanes of these processes until the condition holds. Returns the events in the order
     * in which they were handed out.
     */
    private List<Event> settleUntil(List<KafkaSpool> spools, Settlement how, Predicate<List<Event>> isEnough) {
        List<Event> settled = new ArrayList<>();
        await().atMost(BOUND).until(() -> {
            clock.advance(QUIET);
            for (KafkaSpool spool : spools) {
                for (int lane : lanes(spool)) {
                    settled.addAll(settleOnce(spool, lane, how));
                }
            }
            return isEnough.test(settled);
        });
        return settled;
    }

    private static List<Event> settleOnce(KafkaSpool spool, int lane, Settlement how) {
        List<Event> settled = new ArrayList<>();
        Optional<Batch> batch = Batches.take(spool, lane, 1_000);
        if (batch.isPresent()) {
            try {
                batch.get().forEach(event -> {
                    batch.get().mark(event, how);
                    settled.add(event);
                });
                batch.get().commit();
            } finally {
                spool.release(lane);
            }
        }
        return settled;
    }

    private void makeDeadLetters(int many) {
        append(
                one,
                IntStream.range(0, many)
                        .mapToObj(i -> event("c" + i % 20, "m" + i))
                        .toList());
        List<Event> died = settleUntil(open, REJECTED, settled -> settled.size() >= many);
        assertEquals(many, died.size());
    }

    private long count(String outcome) {
        return one(open).tally().entrySet().stream()
                .filter(line -> line.getKey().name().equals(outcome))
                .mapToLong(line -> line.getValue())
                .sum();
    }

    /** Any of the processes, because each knows the counts of all lanes. */
    private static KafkaSpool one(List<KafkaSpool> spools) {
        return spools.get(0);
    }

    private void awaitCount(String outcome, long expected) {
        await().atMost(BOUND).untilAsserted(() -> assertEquals(expected, count(outcome)));
    }

    private static void assertEachContactsOrder(List<Event> events) {
        for (String contact : Set.copyOf(events.stream().map(Event::contact).toList())) {
            List<Integer> numbers = events.stream()
                    .filter(event -> event.contact().equals(contact))
                    .map(event -> Integer.valueOf(event.messageId().substring(1)))
                    .toList();
            assertEquals(numbers.stream().sorted().toList(), numbers);
        }
    }

    @Test
    void aReplayThatBothAreAskedForHappensOnce() {
        // given
        int many = 300;
        makeDeadLetters(many);

        // when
        var first = one.deadLetters().replay(Search.ALL).toCompletableFuture();
        var second = other.deadLetters().replay(Search.ALL).toCompletableFuture();
        first.join();
        second.join();

        // then
        List<Event> replayed = settleUntil(
                open,
                DELIVERED,
                settled -> settled.size() >= many
                        && one.deadLetters().waitingForReplay()
                                        + other.deadLetters().waitingForReplay()
                                == 0
                        && one.pending() + other.pending() == 0);
        assertEquals(many, replayed.size());
        assertEachContactsOrder(replayed);
        awaitCount("replayed", many);
        awaitCount("dead", 0);
        assertEquals(List.of(), one.deadLetters().find(Search.ALL));
    }

    @Test
    void aDeadLetterIsFoundAndReplayedThroughAProcessWithoutItsLane() {
        // given
        append(one, List.of(event(ADA, "m1")));
        KafkaSpool owner = open.stream()
                .filter(spool -> lanes(spool).contains(Lane.of(ADA, LANES)))
                .findFirst()
                .orElseThrow();
        settleUntil(owner, REJECTED, settled -> settled.size() == 1);
        KafkaSpool asked = owner == one ? other : one;

        // when
        long seq = asked.deadLetters().find(Search.ALL).get(0).event().seq();
        int replayed = SpoolUnavailable.await(asked.deadLetters().replay(List.of(seq)));

        // then
        assertEquals(1, replayed);
        assertEquals(
                1, settleUntil(owner, DELIVERED, settled -> !settled.isEmpty()).size());
        await().atMost(BOUND).until(() -> asked.deadLetters().get(seq).isEmpty());
        assertEquals(0, asked.deadLetters().waitingForReplay());
    }

    @Test
    void aReplayThatAProcessDidNotFinishIsCompletedOnceByTheNextRequest() {
        // given
        int many = 1_500;
        makeDeadLetters(many);
        int asked = SpoolUnavailable.await(one.deadLetters().replay(Search.ALL));
        List<Event> delivered = settleUntil(open, DELIVERED, settled -> settled.size() > 200);
        long waiting = one.deadLetters().waitingForReplay();

        // when one process stops while dead letters become events
        open.remove(one);
        one.close();
        await().atMost(BOUND).until(() -> lanes(other).size() == LANES);
        int left = SpoolUnavailable.await(other.deadLetters().replay(Search.ALL));

        // then
        assertEquals(many, asked);
        assertTrue(waiting > 0 && left > 0 && left <= waiting, "of " + waiting + " were left " + left);
        delivered.addAll(settleUntil(
                other, DELIVERED, settled -> other.deadLetters().waitingForReplay() == 0 && other.pending() == 0));
        assertEquals(many, delivered.size());
        assertEquals(
                many,
                Set.copyOf(delivered.stream().map(Event::messageId).toList()).size());
        assertEachContactsOrder(delivered);
        awaitCount("replayed", many);
        awaitCount("dead", 0);
        assertEquals(count("accepted"), count("delivered"));
    }

    @Test
    void anEmailThatOneLearnsIsKnownToTheOtherAMomentLater() {
        // given
        append(one, List.of(about("m1", "u", ADA)));

        // then
        await().atMost(BOUND).until(() -> other.identities()
                .fillIn(about("m2", "u", null))
                .contact()
                .equals(ADA));
        append(other, List.of(about("m2", "u", BEN)));
        await().atMost(BOUND).until(() -> one.identities()
                .fillIn(about("m3", "u", null))
                .contact()
                .equals(BEN));
    }

    @Test
    void aContactThatOneForgetsIsDroppedByTheOther() {
        // given
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add(event("c" + i + "@example.com", "m" + i));
        }
        append(one, events);
        append(one, List.of(about("m98", "u", ADA), about("m99", "u", null)));

        // when
        for (KafkaSpool spool : open) {
            ErasureCounts forgotten = spool.forget("c1@example.com".replace("1", spool == one ? "1" : "2"));
            assertEquals(1, forgotten.pending());
        }
        ErasureCounts ada = other.forget(ADA);

        // then
        assertEquals(2, ada.pending());
        assertEquals(1, ada.identities());
        List<Event> delivered = settleUntil(open, DELIVERED, settled -> settled.size() >= 38 && count("dropped") >= 4);
        assertEquals(38, delivered.size());
        assertTrue(delivered.stream().noneMatch(event -> Set.of("c1@example.com", "c2@example.com", ADA)
                .contains(event.contact())));
        awaitCount("dropped", 4);
        await().atMost(BOUND).until(() -> one.identities().count() == 0);
    }
}
