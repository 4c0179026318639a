package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A settled event is never handed out again, and an unsettled event always is. */
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
    void aBatchPartlySettledIsHandedOutAgainWithoutItsSettledEvents() {
        // given
        open(1);
        append(event("a", "1"), event("b", "2"), event("d", "3"), event("c", "4"), event("e", "5"));
        settle(take(), DELIVERED, "2", "4");

        // when
        spool.release(0);

        // then
        assertEquals(List.of("1", "3", "5"), ids(take()));
    }

    @Test
    void aBatchPartlySettledIsHandedOutAfterReopeningWithNewEvents() {
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
    void aBatchReleasedUnsettledIsHandedOutAgain() {
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
    void aSettlementAfterTheReleaseIsIgnored() {
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
    void aSpoolThatIsClosedTakesNoMoreAndSaysSo() {
        // given
        open(1);
        append("a", "1");
        Batch batch = take();
        spool.close();

        // when
        var appended =
                spool.append(List.of(event("a", "2"))).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS);
        batch.forEach(event -> batch.mark(event, DELIVERED));

        // then
        assertTrue(assertThrows(CompletionException.class, appended::join).getCause() instanceof SpoolUnavailable);
        assertThrows(SpoolUnavailable.class, batch::commit);
    }
}
