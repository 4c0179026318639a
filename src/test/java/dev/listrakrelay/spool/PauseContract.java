package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A paused lane hands out nothing until its pause is over. */
abstract class PauseContract extends SpoolFixture {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    PauseContract(Engine engine) {
        super(engine);
    }

    @Test
    void aPausedLaneHandsOutNothingUntilItsPauseIsOver() {
        // given
        open(1);
        append("a", "1");
        pause(MINUTE);
        append("b", "2");

        // when
        clock.advance(MINUTE.minusMillis(1));
        List<String> before = deliverAll();
        clock.advance(Duration.ofMillis(1));
        List<String> after = deliverAll();

        // then
        assertEquals(List.of(), before);
        assertEquals(List.of("1", "2"), after);
    }

    @Test
    void aPauseHoldsBackWhatIsDueAgainToo() {
        // given
        open(1);
        append("a", "1");
        settle(take(), retryIn(Duration.ofSeconds(1)), "1");
        spool.release(0);
        pause(MINUTE);

        // when
        clock.advance(Duration.ofSeconds(59));
        List<String> before = deliverAll();
        clock.advance(Duration.ofSeconds(1));
        List<String> after = deliverAll();

        // then
        assertEquals(List.of(), before);
        assertEquals(List.of("1"), after);
    }

    @Test
    void aPauseOutlastsReopening() {
        // given
        open(1);
        append("a", "1");
        pause(MINUTE);
        pause(MINUTE);

        // when
        reopen(1);
        int pauses = spool.pauses(0);
        List<String> before = deliverAll();
        clock.advance(MINUTE);
        List<String> after = deliverAll();

        // then
        assertEquals(2, pauses);
        assertEquals(List.of(), before);
        assertEquals(List.of("1"), after);
    }

    @Test
    void onlyThePausedLaneWaits() {
        // given
        open(2);
        for (int i = 0; i < 20; i++) {
            append("contact-" + i, "m-" + i);
        }
        int inTheOther = ids(take(1, PLENTY).orElseThrow()).size();
        spool.release(1);

        // when
        pause(MINUTE);
        int meanwhile = deliverAll().size();

        // then
        assertEquals(inTheOther, meanwhile);
        assertEquals(20 - inTheOther, spool.pending());
    }

    @Test
    void pausesAreCountedUntilADeliveryAlsoAcrossReopening() {
        // given
        open(1);
        append("a", "1", "2");
        pause(Duration.ZERO);
        pause(Duration.ZERO);
        Batch batch = take();

        // when
        settle(batch, new Settlement.Dropped("no_rule"), "1");
        int afterADrop = spool.pauses(0);
        settle(batch, DELIVERED, "2");
        int afterADelivery = spool.pauses(0);
        reopen(1);

        // then
        assertEquals(2, afterADrop);
        assertEquals(0, afterADelivery);
        assertEquals(0, spool.pauses(0));
    }

    private void pause(Duration length) {
        spool.pause(0, length, 0, "503").toCompletableFuture().join();
    }
}
