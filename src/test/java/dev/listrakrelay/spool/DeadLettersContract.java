package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A dead letter is found by all that is known of it, and by a replay it becomes a pending event, once. */
abstract class DeadLettersContract extends SpoolFixture {

    private static final Settlement REJECTED = new Settlement.Dead("rejected", "400 bad", "{\"sent\":1}");
    private static final Settlement EXPIRED = new Settlement.Dead("expired", "");

    DeadLettersContract(Engine engine) {
        super(engine);
    }

    @Test
    void aDeadLetterTellsHowTheEventCameWhatWasSentAndWhyItDied() {
        // given
        open(1);
        append("a@example.com", "1");
        Instant accepted = clock.instant();
        settle(take(), retryIn(Duration.ofMinutes(1)), "1");
        spool.release(0);
        clock.advance(Duration.ofMinutes(1));

        // when
        settle(take(), REJECTED, "1");

        // then
        DeadLetter letter = spool.deadLetters().get(onlyLetter().event().seq()).orElseThrow();
        assertEquals("1", letter.event().messageId());
        assertEquals(accepted, letter.event().receivedAt());
        assertArrayEquals(event("a@example.com", "1").raw(), letter.event().raw());
        assertEquals("rejected", letter.reason());
        assertEquals("400 bad", letter.answer());
        assertEquals("{\"sent\":1}", letter.request());
        assertEquals(1, letter.attempts());
        assertEquals(clock.instant(), letter.diedAt());
    }

    @Test
    void deadLettersAreFoundByEachFieldAndTime() {
        // given
        open(1);
        bury(EXPIRED, "Old@Example.com", "1");
        clock.advance(Duration.ofHours(1));
        Instant later = clock.instant();
        bury(REJECTED, "new@example.com", "2");

        // then
        assertEquals(List.of("2", "1"), found(Search.ALL));
        assertEquals(List.of("1"), found(Search.ALL.with(Search.Field.OUTCOME, "expired")));
        assertEquals(List.of("2"), found(Search.ALL.with(Search.Field.CONTACT, "NEW@example.com")));
        assertEquals(List.of("1"), found(Search.ALL.with(Search.Field.MESSAGE_ID, "1")));
        assertEquals(List.of("2", "1"), found(Search.ALL.with(Search.Field.NAME, "Order Completed")));
        assertEquals(List.of(), found(Search.ALL.with(Search.Field.NAME, "' OR 1=1 --")));
        assertEquals(List.of("2"), found(new Search(Map.of(), later, Search.END, Long.MAX_VALUE, 10)));
        assertEquals(List.of("1"), found(new Search(Map.of(), Instant.EPOCH, later, Long.MAX_VALUE, 10)));
    }

    @Test
    void pagesFollowEachOtherWithoutAGap() {
        // given
        open(1);
        bury(REJECTED, "a", "1", "2", "3");

        // when
        List<DeadLetter> first = spool.deadLetters().find(Search.ALL.page(Long.MAX_VALUE, 2));

        // then
        assertEquals(List.of("3", "2"), ids(first));
        assertEquals(List.of("1"), found(Search.ALL.page(first.get(1).event().seq(), 2)));
    }

    @Test
    void aReplayedLetterIsPendingAgainAtTheEndOfItsLaneAsItCame() {
        // given
        open(1);
        Instant accepted = clock.instant();
        bury(REJECTED, "a", "1", "2");
        clock.advance(Duration.ofDays(10));
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
        assertEquals(clock.instant(), spool.oldestPending().orElseThrow());
    }

    @Test
    void replayingTwiceReplaysOnceAndWhatIsNoLetterIsPassedOver() {
        // given
        open(1);
        bury(REJECTED, "a", "1", "2");
        List<Long> seqs = spool.deadLetters().find(Search.ALL).stream()
                .map(letter -> letter.event().seq())
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
    void aReplayOfManyIsWholeAndOutlastsReopening() {
        // given
        open(3);
        int many = 2_500;
        append(IntStream.range(0, many)
                .mapToObj(i -> event("c" + i % 40, "m" + i))
                .toArray(Event[]::new));
        for (int lane = 0; lane < 3; lane++) {
            for (var batch = take(lane, PLENTY); batch.isPresent(); batch = take(lane, PLENTY)) {
                settle(batch.get(), REJECTED, ids(batch.get()).toArray(String[]::new));
                spool.release(lane);
            }
        }

        // when
        int replayed = replay(Search.ALL);
        reopen(3);

        // then
        assertEquals(many, replayed);
        assertSum(many, many, 0, many);
        assertEquals(many, deliverAll().size());
    }

    @Test
    void whatDiesAgainIsADeadLetterAgain() {
        // given
        open(1);
        bury(REJECTED, "a", "1");
        replay(Search.ALL);

        // when
        settle(take(), EXPIRED, "1");

        // then
        assertEquals("expired", onlyLetter().reason());
        assertSum(1, 1, 1, 0);
    }

    @Test
    void aReplayedIdIsStillADuplicate() {
        // given
        open(1);
        bury(REJECTED, "a", "1");
        replay(Search.ALL);

        // when
        int stored = append("a", "1");

        // then
        assertEquals(0, stored);
        assertEquals(List.of("1"), deliverAll());
    }

    private void bury(Settlement why, String contact, String... ids) {
        append(contact, ids);
        settle(take(), why, ids);
        spool.release(0);
    }

    private int replay(Search search) {
        return spool.deadLetters().replay(search).toCompletableFuture().join();
    }

    private DeadLetter onlyLetter() {
        List<DeadLetter> letters = spool.deadLetters().find(Search.ALL);
        assertEquals(1, letters.size());
        return letters.get(0);
    }

    private List<String> found(Search search) {
        return ids(spool.deadLetters().find(search));
    }

    private static List<String> ids(List<DeadLetter> letters) {
        return letters.stream().map(letter -> letter.event().messageId()).toList();
    }

    private void assertSum(long accepted, long replayed, long dead, long pending) {
        long delivered = count("delivered");
        assertEquals(accepted, count("accepted"));
        assertEquals(replayed, count("replayed"));
        assertEquals(dead, count("dead"));
        assertEquals(pending, spool.pending());
        assertTrue(accepted == delivered + dead + pending, "the sum of " + spool.tally());
    }

    private long count(String name) {
        return spool.tally().entrySet().stream()
                .filter(line -> line.getKey().name().equals(name))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
