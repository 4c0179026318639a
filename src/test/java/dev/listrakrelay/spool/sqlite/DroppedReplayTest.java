package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dropped event becomes a pending event once, in order, and is kept until then. */
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
    void whatWaitsOutlastsARestart() {
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
    void whatWaitsIsNotDeletedForItsAge() {
        // given
        open(1);
        appendMany("a@b.c", 700);
        drop(NO_RULE);
        replay(dropped());

        // when
        clock.advance(Duration.ofDays(3));
        deliver();
        List<String> others = appendMany("b@b.c", 10);
        clock.advance(Duration.ofDays(3));
        await().atMost(BOUND).until(() -> spool.deadLetters().waitingForReplay() == 0);
        deliver();

        // then
        assertEquals(700, count(Spool.REPLAYED_DROPPED));
        assertEquals(700 + others.size(), count("delivered"));
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM block") == 0);
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
        // given
        open(1);
        List<String> ids = appendMany("a@b.c", 20);
        Batch batch = take();
        batch.forEach(
                event -> batch.mark(event, event.seq() % 2 == 0 ? NO_RULE : new Settlement.Dead("rejected", "400")));
        batch.commit();
        spool.release(0);
        for (int i = 0; i < 10; i++) {
            settleRest();
        }

        // when: nothing moves before both are noted
        clock.advance(Duration.ofSeconds(2));
        replay(dropped());
        spool.deadLetters().replay(Search.ALL).toCompletableFuture().join();

        // then
        List<String> delivered = deliverUntil(ids.size());
        assertEquals(
                Collections.nCopies(2, 10),
                List.of(even(delivered).size(), odd(delivered).size()));
        assertEquals(sorted(even(delivered)), even(delivered));
        assertEquals(sorted(odd(delivered)), odd(delivered));
        assertSum(20);
    }

    @Test
    void anEmailThatWasToldSinceIsFound() {
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
    void whatIsForgottenWhileItWaitsIsNotReplayed() {
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
    void whatIsNotDroppedIsPassedOver() {
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
    void withoutAHistoryNothingIsReplayedAndTheReasonIsTold() {
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

    private static List<String> even(List<String> ids) {
        return ids.stream().filter(id -> number(id) % 2 == 0).toList();
    }

    private static List<String> odd(List<String> ids) {
        return ids.stream().filter(id -> number(id) % 2 == 1).toList();
    }

    private static List<String> sorted(List<String> ids) {
        return ids.stream().sorted((a, b) -> number(a) - number(b)).toList();
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.indexOf('/') + 1));
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
        for (int lane = 0; lane < spool.lanes(); lane++) {
            for (Optional<Batch> next = take(lane); next.isPresent(); next = take(lane)) {
                Batch batch = next.get();
                batch.forEach(event -> batch.mark(event, settlement));
                batch.commit();
                spool.release(lane);
            }
        }
    }

    /** Settles what a batch left, one event of a contact at a time. */
    private void settleRest() {
        take(0).ifPresent(batch -> {
            batch.forEach(event ->
                    batch.mark(event, event.seq() % 2 == 0 ? NO_RULE : new Settlement.Dead("rejected", "400")));
            batch.commit();
            spool.release(0);
        });
    }

    /** The dropped events of the history, newest first. */
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

    private int replay(List<Long> seqs) {
        return spool.replayDropped(seqs).toCompletableFuture().join();
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
