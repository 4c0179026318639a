package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replaying a dropped event makes it pending once, in order, and the event is kept until then. */
class DroppedReplayTest extends SqliteFixture {

    private static final Settlement NO_RULE = new Settlement.Dropped("no_rule");
    private static final Duration DAY = Duration.ofHours(24);

    @BeforeEach
    void keepHistory() {
        retention = new SpoolLimits(Duration.ofDays(30), DAY, 200_000).withIdentities(Duration.ofDays(365));
    }

    @Test
    void eachIsReplayedOnceInOrderAndTheCountsAddUp() {
        // given
        open(1);
        List<String> ids = appendMany("a@b.c", 1_200);
        drop(NO_RULE);

        // when
        int first = replay(dropped());
        int second = replay(dropped());
        assertSum(1_200);
        List<String> delivered = deliverUntil(ids.size());
        int third = replay(everySeq());

        // then
        assertEquals(1_200, first);
        assertEquals(0, second);
        assertEquals(0, third);
        assertEquals(ids, delivered);
        assertEquals(0, count("dropped"));
        assertEquals(1_200, count(Spool.REPLAYED_DROPPED));
        assertEquals(0, count("replayed"));
        assertSum(1_200);
    }

    @Test
    void aReplayedEventBeginsWithoutATrace() throws InterruptedException {
        // given
        open(1);
        Event traced = new Event(
                        0,
                        "1",
                        "rest",
                        "track",
                        "Order",
                        "a@b.c",
                        clock.instant(),
                        "{}".getBytes(StandardCharsets.UTF_8))
                .withTraceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        spool.append(List.of(traced)).toCompletableFuture().join();
        drop(NO_RULE);

        // when
        replay(dropped());

        // then
        Event replayed = spool.take(0, 10, Duration.ZERO, Duration.ofSeconds(10))
                .orElseThrow()
                .iterator()
                .next();
        assertNull(replayed.traceparent());
    }

    @Test
    void eventsThatWaitForReplaySurviveARestart() {
        // given
        open(1);
        List<String> ids = appendMany("a@b.c", 1_200);
        drop(NO_RULE);
        replay(dropped());
        assertEquals(500, spool.pending());

        // when
        open(1);

        // then
        assertEquals(500, spool.pending());
        assertEquals(700, spool.deadLetters().waitingForReplay());
        assertEquals(0, replay(dropped()));
        assertEquals(ids, deliverUntil(ids.size()));
        assertSum(1_200);
    }

    @Test
    void eventsThatWaitForReplayAreNotDeletedForTheirAge() {
        // given
        open(1);
        List<String> ids = appendMany("a@b.c", 700);
        drop(NO_RULE);
        assertEquals(700, replay(dropped()));

        // when
        retention = new SpoolLimits(Duration.ofDays(30), DAY, 100);
        open(1);
        clock.advance(ROUND);
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event WHERE seq <= 500") == 0);

        // then
        assertEquals(200, spool.deadLetters().waitingForReplay());
        assertEquals(200, number("SELECT count(*) FROM event WHERE seq BETWEEN 501 AND 700"));
        assertEquals(ids, deliverUntil(ids.size()));
        clock.advance(ROUND);
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event WHERE seq <= 700") == 0);
    }

    @Test
    void whatIsDroppedAgainCanBeReplayedAgain() {
        // given
        open(1);
        appendMany("a@b.c", 1);
        drop(NO_RULE);
        replay(dropped());
        drop(NO_RULE);

        // when
        List<Long> again = dropped();
        int replayed = replay(again);

        // then
        assertEquals(List.of(2L), again);
        assertEquals(1, replayed);
        assertEquals(2, count(Spool.REPLAYED_DROPPED));
        assertSum(1);
    }

    @Test
    void deadLettersAndDroppedEventsOfAContactAreReplayedInOneOrder() {
        // given room for one replayed event at a time, so that both kinds wait together
        retention = new SpoolLimits(Duration.ofDays(30), DAY, 200_000, Long.MAX_VALUE, 0, 1, 25);
        open(1);
        List<String> ids = appendMany("a@b.c", 20);
        settle(event -> event.seq() % 2 == 0 ? NO_RULE : new Settlement.Dead("rejected", "400"));

        // when
        replay(dropped());
        spool.deadLetters().replay(Search.ALL).toCompletableFuture().join();

        // then the second event is first, because it became pending before the replay of the dead letters
        List<String> inOrder = new ArrayList<>(ids);
        Collections.swap(inOrder, 0, 1);
        assertEquals(inOrder, deliverUntil(ids.size()));
        assertSum(20);
    }

    @Test
    void anEmailThatWasLearnedSinceIsFound() {
        // given
        open(4);
        append(new Event(
                0,
                "m1",
                "rest",
                "track",
                "Order",
                "u-1",
                Identity.told("u-1", null, null),
                clock.instant(),
                clock.instant(),
                "{\"userId\":\"u-1\",\"anonymousId\":\"b\"}".getBytes(StandardCharsets.UTF_8)));
        drop(new Settlement.Dropped("no_email"));
        append(new Event(
                0,
                "m2",
                "rest",
                "identify",
                "",
                "ada@example.com",
                Identity.told("u-1", null, "ada@example.com"),
                clock.instant(),
                clock.instant(),
                "{}".getBytes(StandardCharsets.UTF_8)));
        deliver();

        // when
        replay(dropped());

        // then
        Event event = deliver().get(0);
        assertEquals("m1", event.messageId());
        assertEquals("ada@example.com", event.contact());
        assertTrue(event.identity().isLearned());
    }

    @Test
    void anEventThatIsForgottenBeforeItsReplayIsNotReplayed() {
        // given
        open(1);
        appendMany("a@b.c", 700);
        drop(NO_RULE);
        replay(dropped());

        // when
        spool.forget("a@b.c");

        // then
        assertEquals(0, spool.deadLetters().waitingForReplay());
        assertEquals(0, number("SELECT count(*) FROM dropped_replay"));
        assertEquals(
                0, deliver().stream().filter(event -> event.raw().length > 2).count());
        assertSum(700);
    }

    @Test
    void anEventThatIsNotDroppedIsNotReplayed() {
        // given
        open(1);
        appendMany("a@b.c", 3);
        deliver();

        // when
        int replayed = replay(List.of(1L, 2L, 3L, 99L));

        // then
        assertEquals(0, replayed);
        assertSum(3);
    }

    @Test
    void withoutAHistoryNothingIsReplayedAndTheReasonIsGiven() {
        // given
        retention = new SpoolLimits(Duration.ofDays(30), Duration.ZERO, 0);
        open(1);

        // when
        CompletionException refused = assertThrows(CompletionException.class, () -> replay(List.of(1L)));

        // then
        assertTrue(
                refused.getCause().getMessage().startsWith("spool.history: "),
                refused.getCause().getMessage());
    }

    private void append(Event event) {
        spool.append(List.of(event)).toCompletableFuture().join();
    }

    private List<String> appendMany(String contact, int many) {
        List<String> ids =
                IntStream.range(0, many).mapToObj(i -> contact + "/" + i).toList();
        spool.append(ids.stream()
                        .map(id -> new Event(
                                0,
                                id,
                                "rest",
                                "track",
                                "Product Added",
                                contact,
                                clock.instant(),
                                ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8)))
                        .toList())
                .toCompletableFuture()
                .join();
        return ids;
    }

    private void drop(Settlement settlement) {
        settle(event -> settlement);
    }

    private void settle(Function<Event, Settlement> how) {
        for (int lane = 0; lane < spool.lanes(); lane++) {
            for (Optional<Batch> next = take(lane); next.isPresent(); next = take(lane)) {
                Batch batch = next.get();
                batch.forEach(event -> batch.mark(event, how.apply(event)));
                batch.commit();
                spool.release(lane);
            }
        }
    }

    /** The seqs of the dropped events in the history, newest first. */
    private List<Long> dropped() {
        List<Long> seqs = new ArrayList<>();
        spool.history()
                .skim(
                        Search.ALL.with(Search.Field.OUTCOME, "dropped"),
                        traced -> seqs.add(traced.event().seq()));
        return seqs;
    }

    private List<Long> everySeq() {
        List<Long> seqs = new ArrayList<>();
        spool.history().skim(Search.ALL, traced -> seqs.add(traced.event().seq()));
        return seqs;
    }

    /** Replays while no live events come. */
    private int replay(List<Long> seqs) {
        clock.advance(Duration.ofSeconds(1));
        return spool.deadLetters().replayDropped(seqs).toCompletableFuture().join();
    }

    private List<String> deliverUntil(int many) {
        List<String> delivered = new ArrayList<>();
        await().atMost(BOUND).until(() -> {
            clock.advance(Duration.ofSeconds(1));
            deliver().forEach(event -> delivered.add(event.messageId()));
            return delivered.size() >= many;
        });
        return delivered;
    }

    private long count(String outcome) {
        return spool.tally().entrySet().stream()
                .filter(line -> line.getKey().name().equals(outcome))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void assertSum(long accepted) {
        assertEquals(accepted, count("accepted"));
        assertEquals(
                accepted,
                count("delivered") + count("dropped") + count("dead") + spool.pending(),
                "the sum of " + spool.tally());
    }
}
