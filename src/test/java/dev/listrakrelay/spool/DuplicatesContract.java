package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two events with the same messageId and source within 24 h are stored as one. */
abstract class DuplicatesContract extends SpoolFixture {

    DuplicatesContract(Engine engine) {
        super(engine);
    }

    @Test
    void theSameIdIsStoredOnce() {
        // given
        open(2);
        append("a", "1", "2");

        // when
        int stored = append("a", "2", "3", "1");

        // then
        assertEquals(1, stored);
        assertEquals(3, spool.pending());
        assertEquals(Map.of(new Spool.Outcome("accepted", ""), 3L), spool.tally());
        assertEquals(List.of("1", "2", "3"), deliverAll());
    }

    @Test
    void theSameIdTwiceInOneAppendIsStoredOnce() {
        // given
        open(2);

        // when
        int stored = append(event("a", "1"), event("b", "1"), event("a", "2"));

        // then
        assertEquals(2, stored);
        assertEquals(2, deliverAll().size());
    }

    @Test
    void aSettledEventIsStillADuplicateAfterReopening() {
        // given
        open(2);
        append("a", "1");
        deliverAll();
        reopen(3);
        clock.advance(Duration.ofHours(24).minusMillis(1));

        // when
        int stored = append("a", "1");

        // then
        assertEquals(0, stored);
    }

    @Test
    void anotherSourceIsNoDuplicate() {
        // given
        open(2);
        append(event("a", "1", "rest"));

        // when
        int stored = append(event("a", "1", "kafka"));

        // then
        assertEquals(1, stored);
        assertEquals(List.of("1", "1"), deliverAll());
    }

    @Test
    void afterADayTheSameIdIsNewAndFromThenOnADuplicateAgain() {
        // given
        open(2);
        append("a", "1");
        clock.advance(Duration.ofHours(24));

        // when
        int stored = append("a", "1");
        clock.advance(Duration.ofHours(23));
        int again = append("a", "1");

        // then
        assertEquals(1, stored);
        assertEquals(0, again);
        assertEquals(2, spool.pending());
    }

    @Test
    void tensOfThousandsOfIdsAreRememberedForADay() {
        // given
        open(2);
        assertEquals(25_000, appendIds(0, 25_000));
        clock.advance(Duration.ofHours(1));

        // when
        int repeated = appendIds(0, 25_000);
        int mixed = appendIds(24_900, 25_100);
        reopen(2);
        int repeatedAfterReopening = appendIds(0, 25_100);

        // then
        assertEquals(0, repeated);
        assertEquals(100, mixed);
        assertEquals(0, repeatedAfterReopening);
    }

    @Test
    void tensOfThousandsOfIdsAreNewAfterADay() {
        // given
        open(2);
        appendIds(0, 21_000);
        clock.advance(Duration.ofHours(24));

        // when
        int first = appendIds(0, 21_000);
        int second = appendIds(0, 21_000);

        // then
        assertEquals(21_000, first);
        assertEquals(0, second);
    }

    private int appendIds(int from, int to) {
        int stored = 0;
        for (int start = from; start < to; start += 1_000) {
            stored += append(IntStream.range(start, Math.min(start + 1_000, to))
                    .mapToObj(i -> event("contact-" + i % 7, "m-" + i))
                    .toArray(Event[]::new));
        }
        return stored;
    }
}
