package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tally is right after every operation, and the age of the oldest pending event is known. */
abstract class CountingContract extends SpoolFixture {

    private static final Settlement DROPPED = new Settlement.Dropped("no_rule");
    private static final Settlement DEAD = new Settlement.Dead("rejected", "400 bad");

    CountingContract(Engine engine) {
        super(engine);
    }

    @Test
    void acceptedIsDeliveredAndDroppedAndDeadAndPendingAtEveryPoint() {
        // given
        open(1);
        append("a", "1", "2", "3", "4", "5");
        assertSum(5, 0);
        Batch batch = take();

        // when
        settle(batch, DELIVERED, "1");
        assertSum(5, 1);
        settle(batch, DROPPED, "2");
        assertSum(5, 2);
        settle(batch, DEAD, "3");
        assertSum(5, 3);
        settle(batch, retryIn(Duration.ofMinutes(1)), "4");
        assertSum(5, 3);
        spool.release(0);
        append("a", "5", "6", "6");
        assertSum(6, 3);
        reopen(2);
        assertSum(6, 3);

        // then
        assertEquals(
                Map.of("accepted", 6L, "delivered", 1L, "dropped:no_rule", 1L, "dead:rejected", 1L, "retried", 1L),
                spool.tally().entrySet().stream()
                        .collect(Collectors.toMap(
                                e -> e.getKey().name()
                                        + (e.getKey().reason().isEmpty()
                                                ? ""
                                                : ":" + e.getKey().reason()),
                                Map.Entry::getValue)));
    }

    @Test
    void aForwardedEventIsSettledWithItsDestination() {
        // given
        open(1);
        append("a", "1", "2");

        // when
        settle(take(), new Settlement.Forwarded("listrak-eu"), "1");

        // then
        assertEquals(1, spool.pending());
        assertEquals(1L, count("forwarded", "listrak-eu"));
        assertEquals(
                List.of("forwarded"),
                spool.history().find(Search.ALL.with(Search.Field.OUTCOME, "forwarded")).stream()
                        .map(found ->
                                found.steps().get(found.steps().size() - 1).outcome())
                        .toList());
        reopen(1);
        assertEquals(1, spool.pending());
    }

    @Test
    void theOldestPendingEventIsKnownWhereverItWaits() {
        // given
        open(1);
        Instant first = clock.instant();
        append("a", "1");
        clock.advance(Duration.ofMinutes(1));
        Instant second = clock.instant();
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

    /**
     * Also checks the answers of the appends, because an engine may compute accepted as the sum of the other counts.
     */
    private void assertSum(long appended, long settled) {
        assertEquals(appended, appended(), "as the appends answered");
        assertEquals(appended, count("accepted"));
        assertEquals(settled, count("delivered") + count("dropped") + count("dead"));
        assertEquals(appended - settled, spool.pending());
    }
}
