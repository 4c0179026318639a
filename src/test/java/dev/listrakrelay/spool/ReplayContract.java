package dev.listrakrelay.spool;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A replay makes each dead letter a pending event once, slowly enough that live events pass the replayed ones. */
abstract class ReplayContract extends DeadLettersFixture {

    private static final int AT_ONCE = 500;
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final boolean remembersReplays;

    /** @param remembersReplays whether dead letters that wait for replay still do after the spool is opened again */
    ReplayContract(Engine engine, boolean remembersReplays) {
        super(engine);
        this.remembersReplays = remembersReplays;
    }

    /**
     * Repeats the replay if the spool forgot it when it was opened again. Returns how many dead letters this request
     * replays.
     */
    private int replayAgain() {
        return remembersReplays ? 0 : replay(Search.ALL);
    }

    @Test
    void aReplayedDeadLetterIsPendingUnchangedAtTheEndOfItsLane() {
        // given
        open(1);
        Instant accepted = clock.instant();
        makeDead(REJECTED, "a", "1", "2");
        clock.advance(Duration.ofDays(10));
        Instant live = clock.instant();
        append("a", "3");

        // when
        int replayed = replay(Search.ALL.with(Search.Field.OUTCOME, "rejected"));

        // then
        assertEquals(2, replayed);
        assertEquals(List.of(), found(Search.ALL));
        assertSum(3, 2, 0, 3);
        List<Event> events = events(take());
        assertEquals(
                List.of("3", "1", "2"), events.stream().map(Event::messageId).toList());
        assertEquals(accepted, events.get(1).receivedAt());
        assertEquals(clock.instant(), events.get(1).pendingSince());
        assertArrayEquals(event("a", "1").raw(), events.get(1).raw());
        assertEquals(live, spool.oldestPending().orElseThrow());
    }

    @Test
    void replayingTwiceReplaysOnceAndOnlyDeadLettersAreReplayed() {
        // given
        open(1);
        makeDead(REJECTED, "a", "1", "2");
        List<Long> seqs = spool.deadLetters().find(Search.ALL).stream()
                .map(deadLetter -> deadLetter.event().seq())
                .toList();
        List<Long> more = List.of(seqs.get(0), seqs.get(1), seqs.get(1), 99_999L);

        // when
        int first = spool.deadLetters().replay(more).toCompletableFuture().join();
        int second = spool.deadLetters().replay(more).toCompletableFuture().join();

        // then
        assertEquals(2, first);
        assertEquals(0, second);
        assertEquals(List.of("1", "2"), deliverAll());
        assertSum(2, 2, 0, 0);
        reopen(1);
        assertSum(2, 2, 0, 0);
        assertEquals(List.of(), deliverAll());
    }

    @Test
    void aReplayOfManyIsCompleteAndSurvivesReopening() {
        // given
        open(3);
        int many = 2_500;
        makeManyDead(many);

        // when
        int replayed = replay(Search.ALL);
        List<String> delivered = new ArrayList<>();
        for (int reopened = 0; reopened < 4; reopened++) {
            reopen(3);
            replayAgain();
            delivered.addAll(deliverAll());
        }
        deliverUntil(many, delivered);

        // then
        assertEquals(many, replayed);
        assertEquals(many, Set.copyOf(delivered).size());
        assertSum(many, many, 0, 0);
        reopen(3);
        assertEquals(List.of(), deliverAll());
    }

    @Test
    void aReplayOfManyLetsNoMoreThanSoManyWaitForDeliveryAndLiveEventsPassTheOthers() {
        // given
        open(3);
        int many = 2_500;
        makeManyDead(many);

        // when
        int replayed = replay(Search.ALL);
        append("live", "live");

        // then
        assertEquals(many, replayed);
        assertEquals(AT_ONCE + 1, spool.pending());
        assertEquals(many - AT_ONCE, spool.deadLetters().waitingForReplay());
        assertSum(many + 1, AT_ONCE, many - AT_ONCE, AT_ONCE + 1);
        List<String> delivered = new ArrayList<>();
        await().atMost(BOUND).until(() -> {
            assertTrue(spool.pending() <= AT_ONCE + 1, "pending: " + spool.pending());
            delivered.addAll(deliverSome(50));
            return delivered.contains("live");
        });
        assertTrue(delivered.size() <= AT_ONCE + 1 + 3 * 50, "before the live one: " + delivered.size());
        deliverUntil(many + 1, delivered);
        // an engine may deliver the events before it deletes their dead letters
        await().atMost(BOUND).until(() -> spool.deadLetters().waitingForReplay() == 0);
    }

    @Test
    void whileLiveEventsComeNoMoreThanTheirShareIsReplayed() {
        // given
        open(3);
        makeManyDead(1_000);

        // when live events come all the time, 40 at once
        append("live", "live 0");
        spool.deadLetters().replay(Search.ALL.with(Search.Field.OUTCOME, "rejected"));
        for (int i = 0; i < 5; i++) {
            int round = i;
            append(IntStream.range(0, 40)
                    .mapToObj(j -> event("live", "live " + round + "." + j))
                    .toArray(Event[]::new));
        }

        // then 100 are replayed at once, 50 more with 200 live events (a quarter), and the rest when they stop
        await().atMost(BOUND).untilAsserted(() -> assertEquals(150, count("replayed")));
        await().during(Duration.ofSeconds(2)).atMost(BOUND).until(() -> count("replayed") == 150);
        clock.advance(QUIET);
        await().atMost(BOUND).untilAsserted(() -> assertEquals(AT_ONCE, count("replayed")));
    }

    @Test
    void afterReopeningNoMoreThanSoManyWaitForDelivery() {
        // given
        open(3);
        int many = 2_500;
        makeManyDead(many);
        replay(Search.ALL);

        // when
        reopen(3);
        await().during(Duration.ofMillis(500)).atMost(BOUND).until(() -> spool.pending() == AT_ONCE);

        // then
        assertEquals(many - AT_ONCE, remembersReplays ? spool.deadLetters().waitingForReplay() : replayAgain());
        assertEquals(0, replay(Search.ALL));
        assertSum(many, AT_ONCE, many - AT_ONCE, AT_ONCE);
        deliverUntil(many, new ArrayList<>());
    }

    @Test
    void aContactsReplayedEventsKeepTheirOrderHoweverMany() {
        // given
        open(1);
        List<String> ids = IntStream.range(0, 900).mapToObj(i -> "m" + i).toList();
        makeDead(REJECTED, "a", ids.toArray(String[]::new));

        // when
        replay(Search.ALL);

        // then
        List<String> delivered = new ArrayList<>();
        deliverUntil(ids.size(), delivered);
        assertEquals(ids, delivered);
    }

    @Test
    void whatDiesAgainIsADeadLetterAgain() {
        // given
        open(1);
        makeDead(REJECTED, "a", "1");
        replay(Search.ALL);

        // when
        settle(take(), EXPIRED, "1");

        // then
        assertEquals("expired", onlyDead().reason());
        assertSum(1, 1, 1, 0);
    }

    @Test
    void aReplayedIdIsStillADuplicate() {
        // given
        open(1);
        makeDead(REJECTED, "a", "1");
        replay(Search.ALL);

        // when
        int stored = append("a", "1");

        // then
        assertEquals(0, stored);
        assertEquals(List.of("1"), deliverAll());
    }

    private void makeManyDead(int many) {
        append(IntStream.range(0, many)
                .mapToObj(i -> event("c" + i % 40, "m" + i))
                .toArray(Event[]::new));
        for (int lane = 0; lane < 3; lane++) {
            for (var batch = take(lane, PLENTY); batch.isPresent(); batch = take(lane, PLENTY)) {
                settle(batch.get(), REJECTED, ids(batch.get()).toArray(String[]::new));
                spool.release(lane);
            }
        }
    }

    /** Takes and delivers one batch of each lane, a second after the last call. */
    private List<String> deliverSome(int max) {
        clock.advance(QUIET);
        List<String> delivered = new ArrayList<>();
        for (int lane = 0; lane < spool.lanes(); lane++) {
            int number = lane;
            take(lane, max).ifPresent(batch -> {
                delivered.addAll(ids(batch));
                settle(batch, DELIVERED, ids(batch).toArray(String[]::new));
                spool.release(number);
            });
        }
        return delivered;
    }

    /** Delivers due events until this many were delivered, and adds their ids. */
    private void deliverUntil(int many, List<String> delivered) {
        await().atMost(BOUND).until(() -> {
            delivered.addAll(deliverSome(PLENTY));
            return delivered.size() >= many;
        });
        assertEquals(many, delivered.size());
    }

    /** Replays while no live events come. */
    private int replay(Search search) {
        clock.advance(QUIET);
        return spool.deadLetters().replay(search).toCompletableFuture().join();
    }

    private void assertSum(long accepted, long replayed, long dead, long pending) {
        long delivered = count("delivered");
        assertEquals(accepted, appended(), "as the appends answered");
        assertEquals(accepted, count("accepted"));
        assertEquals(replayed, count("replayed"));
        assertEquals(dead, count("dead"));
        assertEquals(pending, spool.pending());
        assertTrue(accepted == delivered + dead + pending, "the sum of " + spool.tally());
    }
}
