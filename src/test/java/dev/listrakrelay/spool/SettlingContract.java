package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A settled event never comes again, an unsettled one always does, and the tally comes out at every point. */
abstract class SettlingContract extends SpoolFixture {

    private static final Settlement DROPPED = new Settlement.Dropped("no_rule");
    private static final Settlement DEAD = new Settlement.Dead("rejected", "400 bad");

    SettlingContract(Engine engine) {
        super(engine);
    }

    @Test
    void settledEventsNeverComeAgain() {
        // given
        open(1);
        append("a", "1", "2", "3");
        Batch batch = take();
        settle(batch, DELIVERED, "1");
        settle(batch, DROPPED, "2");
        settle(batch, DEAD, "3");

        // when
        spool.release(0);
        Optional<Batch> next = take(0, PLENTY);
        reopen(1);
        Optional<Batch> afterReopening = take(0, PLENTY);

        // then
        assertTrue(next.isEmpty());
        assertTrue(afterReopening.isEmpty());
        assertEquals(0, spool.pending());
    }

    @Test
    void aBatchPartlySettledComesAgainWithoutItsSettledEvents() {
        // given
        open(1);
        append(event("a", "1"), event("b", "2"), event("a", "3"), event("c", "4"), event("b", "5"));
        settle(take(), DELIVERED, "2", "4");

        // when
        spool.release(0);

        // then
        assertEquals(List.of("1", "3", "5"), ids(take()));
    }

    @Test
    void aBatchPartlySettledComesAgainAfterReopeningWithWhatCameMeanwhile() {
        // given
        open(1);
        append(event("a", "1"), event("b", "2"), event("a", "3"));
        Batch batch = take();
        settle(batch, DELIVERED, "1");
        append("a", "4");
        settle(batch, DEAD, "2");

        // when
        reopen(1);

        // then
        assertEquals(List.of("3", "4"), deliverAll());
        assertEquals(List.of(), deliverAll());
    }

    @Test
    void aBatchReleasedUntouchedComesAgainWhole() {
        // given
        open(1);
        append("a", "1", "2");
        take();

        // when
        spool.release(0);
        append("a", "3");

        // then
        assertEquals(List.of("1", "2", "3"), deliverAll());
    }

    @Test
    void anEventSettledTwiceCountsOnceAsItWasSettledFirst() {
        // given
        open(1);
        append("a", "1", "2");
        Batch batch = take();
        settle(batch, DELIVERED, "1");

        // when
        settle(batch, DEAD, "1");
        spool.release(0);

        // then
        assertEquals(1, spool.pending());
        assertEquals(1L, count("delivered", ""));
        assertEquals(0L, count("dead", "rejected"));
        assertEquals(List.of("2"), deliverAll());
    }

    @Test
    void whatIsSettledAfterTheReleaseIsNotBelieved() {
        // given
        open(1);
        append("a", "1");
        Batch late = take();
        spool.release(0);

        // when
        settle(late, DELIVERED, "1");

        // then
        assertEquals(1, spool.pending());
        assertEquals(List.of("1"), deliverAll());
        assertEquals(1L, count("delivered", ""));
    }

    @Test
    void acceptedIsDeliveredAndDroppedAndDeadAndPendingAtEveryPoint() {
        // given
        open(1);
        append("a", "1", "2", "3", "4", "5");
        assertSum(5);
        Batch batch = take();

        // when
        settle(batch, DELIVERED, "1");
        assertSum(4);
        settle(batch, DROPPED, "2");
        assertSum(3);
        settle(batch, DEAD, "3");
        assertSum(2);
        settle(batch, retryIn(Duration.ofMinutes(1)), "4");
        assertSum(2);
        spool.release(0);
        append("a", "6");
        assertSum(3);
        reopen(2);
        assertSum(3);

        // then
        assertEquals(
                Map.of("accepted", 6L, "delivered", 1L, "dropped:no_rule", 1L, "dead:rejected", 1L, "retried", 1L),
                spool.tally().entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                e -> e.getKey().name()
                                        + (e.getKey().reason().isEmpty()
                                                ? ""
                                                : ":" + e.getKey().reason()),
                                Map.Entry::getValue)));
    }

    @Test
    void theOldestPendingEventIsKnownWhereverItWaits() {
        // given
        open(1);
        var first = clock.instant();
        append("a", "1");
        clock.advance(Duration.ofMinutes(1));
        var second = clock.instant();
        append("b", "2");
        assertEquals(Optional.of(first), spool.oldestPending());
        Batch batch = take();

        // when
        settle(batch, retryIn(Duration.ofHours(1)), "1");
        Optional<?> whileItWaitsAgain = spool.oldestPending();
        settle(batch, DELIVERED, "2");
        reopen(1);
        Optional<?> afterReopening = spool.oldestPending();
        append("b", "3");
        clock.advance(Duration.ofHours(1));
        settle(take(), DELIVERED, "1");

        // then
        assertEquals(Optional.of(first), whileItWaitsAgain);
        assertEquals(Optional.of(first), afterReopening);
        assertEquals(Optional.of(second), spool.oldestPending());
    }

    @Test
    void anEmptySpoolHasNoOldestEvent() {
        // given
        open(2);
        append("a", "1");

        // when
        deliverAll();

        // then
        assertTrue(spool.oldestPending().isEmpty());
    }

    @Test
    void aSpoolThatIsClosedTakesNoMoreAndSaysSo() {
        // given
        open(1);
        append("a", "1");
        Batch batch = take();
        spool.close();

        // when
        var appended = spool.append(List.of(event("a", "2"))).toCompletableFuture();
        batch.forEach(event -> batch.mark(event, DELIVERED));

        // then
        assertTrue(
                assertThrows(java.util.concurrent.CompletionException.class, appended::join)
                                .getCause()
                        instanceof SpoolUnavailable);
        assertThrows(SpoolUnavailable.class, batch::commit);
    }

    private void assertSum(long pending) {
        assertEquals(pending, spool.pending());
        assertEquals(
                count("accepted", ""),
                count("delivered", "") + count("dropped", "no_rule") + count("dead", "rejected") + spool.pending());
    }

    private long count(String name, String reason) {
        return spool.tally().getOrDefault(new Spool.Outcome(name, reason), 0L);
    }
}
