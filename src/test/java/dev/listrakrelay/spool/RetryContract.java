package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A retried event is handed out again at its time, not before. Its contact's later events wait with it; others don't.
 */
abstract class RetryContract extends SpoolFixture {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    RetryContract(Engine engine) {
        super(engine);
    }

    @Test
    void aRetriedEventIsHandedOutAtItsTimeAndNotBefore() {
        // given
        open(1);
        append("a", "1");
        settle(take(), retryIn(MINUTE), "1");
        spool.release(0);

        // when
        clock.advance(MINUTE.minusMillis(1));
        List<String> before = deliverAll();
        clock.advance(Duration.ofMillis(1));
        List<String> after = deliverAll();

        // then
        assertEquals(List.of(), before);
        assertEquals(List.of("1"), after);
    }

    @Test
    void laterEventsOfItsContactWaitBehindItAndOtherContactsGoOn() {
        // given
        open(1);
        append(event("a", "a1"), event("b", "b1"), event("a", "a2"));
        Batch batch = take();
        settle(batch, retryIn(MINUTE), "a1");
        settle(batch, DELIVERED, "b1");
        spool.release(0);
        append(event("a", "a3"), event("b", "b2"));

        // when
        List<String> meanwhile = deliverAll();
        append("a", "a4");
        clock.advance(MINUTE);
        List<String> afterwards = deliverAll();

        // then
        assertEquals(List.of("b2"), meanwhile);
        assertEquals(List.of("a1", "a2", "a3", "a4"), afterwards);
    }

    @Test
    void theOrderIsKeptAcrossReopening() {
        // given
        open(1);
        append(event("a", "a1"), event("a", "a2"), event("b", "b1"));
        settle(take(), retryIn(MINUTE), "a1");
        reopen(1);
        append("a", "a3");

        // when
        List<String> meanwhile = deliverAll();
        reopen(1);
        clock.advance(MINUTE);
        List<String> afterwards = deliverAll();

        // then
        assertEquals(List.of("b1"), meanwhile);
        assertEquals(List.of("a1", "a2", "a3"), afterwards);
    }

    @Test
    void aClockThatIsSetBackLetsNothingWaitLonger() {
        // given
        open(1);
        append("a", "1", "2");
        settle(take(), retryIn(MINUTE), "1");
        spool.pause(0, MINUTE, 0, "away").toCompletableFuture().join();
        spool.release(0);
        List<String> before = deliverAll();

        // when
        clock.advance(Duration.ofDays(-1));
        List<String> atOnce = deliverAll();
        clock.advance(MINUTE);

        // then
        assertEquals(List.of(), before);
        assertEquals(List.of(), atOnce);
        assertEquals(List.of("1", "2"), deliverAll());
    }

    @Test
    void aClockThatIsSetBackWhileItIsClosedLetsNothingWaitLongerThanAnHour() {
        // given
        open(1);
        append("a", "1", "2");
        settle(take(), retryIn(MINUTE), "1");
        spool.pause(0, MINUTE, 0, "away").toCompletableFuture().join();
        spool.release(0);

        // when
        clock.advance(Duration.ofDays(-1));
        reopen(1);
        List<String> atOnce = deliverAll();
        clock.advance(Duration.ofHours(1));

        // then
        assertEquals(List.of(), atOnce);
        assertEquals(List.of("1", "2"), deliverAll());
    }

    @Test
    void theOrderIsKeptWhenALaterEventIsToBeRetriedSooner() {
        // given
        open(1);
        append("a", "1", "2", "3");
        Batch batch = take();
        settle(batch, retryIn(MINUTE.multipliedBy(5)), "1");
        settle(batch, retryIn(MINUTE), "2");
        spool.release(0);

        // when
        clock.advance(MINUTE);
        List<String> sooner = deliverAll();
        clock.advance(MINUTE.multipliedBy(4));
        List<String> later = deliverAll();

        // then
        assertEquals(List.of(), sooner);
        assertEquals(List.of("1", "2", "3"), later);
    }

    @Test
    void theOrderIsKeptWhenManyAreRetriedAtOnceAtFallingTimes() {
        // given
        open(1);
        String[] ids = IntStream.range(0, 30).mapToObj(i -> "m-" + i).toArray(String[]::new);
        append("a", ids);
        Batch batch = take();
        int minutes = ids.length;
        for (Event event : batch) {
            batch.mark(event, retryIn(MINUTE.multipliedBy(minutes--)));
        }
        batch.commit();
        spool.release(0);

        // when
        List<String> order = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            clock.advance(MINUTE);
            order.addAll(deliverAll());
        }

        // then
        assertEquals(List.of(ids), order);
    }

    @Test
    void aRetryOutlastsWhatIsSettledAfterItInTheSameBatch() {
        // given
        open(1);
        append(event("a", "a1"), event("a", "a2"));
        Batch batch = take();
        settle(batch, retryIn(MINUTE.multipliedBy(2)), "a2");
        settle(batch, retryIn(MINUTE), "a1");
        spool.release(0);

        // when
        clock.advance(MINUTE);
        List<String> first = deliverAll();
        clock.advance(MINUTE);
        List<String> second = deliverAll();

        // then
        assertEquals(List.of("a1"), first);
        assertEquals(List.of("a2"), second);
    }

    @Test
    void anEventCanBeRetriedAgainAndAgain() {
        // given
        open(1);
        append("a", "1", "2");

        // when
        for (int attempt = 0; attempt < 5; attempt++) {
            settle(take(), retryIn(MINUTE), "1");
            reopen(1);
            assertTrue(take(0, PLENTY).isEmpty());
            clock.advance(MINUTE);
        }

        // then
        assertEquals(List.of("1", "2"), deliverAll());
        assertEquals(5L, spool.tally().get(new Spool.Outcome("retried", "")));
    }

    @Test
    void aLongRunOfEventsThatWaitNeitherBlocksNorLosesOthers() {
        // given
        open(1);
        append("a", "a0");
        settle(take(), retryIn(MINUTE), "a0");
        spool.release(0);
        String[] run = IntStream.rangeClosed(1, 3_500).mapToObj(i -> "a" + i).toArray(String[]::new);
        append("a", run);
        append("b", "b1");

        // when
        List<String> meanwhile = deliverAll();
        clock.advance(MINUTE);
        List<String> afterwards = deliverAll();

        // then
        assertEquals(List.of("b1"), meanwhile);
        assertEquals(3_501, afterwards.size());
        assertEquals(IntStream.rangeClosed(0, 3_500).mapToObj(i -> "a" + i).toList(), afterwards);
        assertEquals(0, spool.pending());
    }
}
