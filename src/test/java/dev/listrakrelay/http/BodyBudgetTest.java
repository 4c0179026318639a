package dev.listrakrelay.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Limits the memory for request bodies; each kind of request has its own share. */
class BodyBudgetTest {

    private static final long BYTES = 16 << 20;
    private static final long EIGHTH = BYTES / 8;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final BodyBudget budget = new BodyBudget(BYTES, meters);

    @Test
    void aShareReservesNoMoreThanItsPartUntilBytesAreReleased() {
        // given
        boolean all = budget.reserve(BodyShare.WRITE_KEY, 5 * EIGHTH);

        // when
        boolean more = budget.reserve(BodyShare.WRITE_KEY, 1);
        budget.release(BodyShare.WRITE_KEY, 1);
        boolean again = budget.reserve(BodyShare.WRITE_KEY, 1);

        // then
        assertThat(all, is(true));
        assertThat(more, is(false));
        assertThat(again, is(true));
        assertThat(inUse("write_key"), is(5.0 * EIGHTH));
        assertThat(
                meters.get("listrak.relay.bodies.refused")
                        .tag("share", "write_key")
                        .counter()
                        .count(),
                is(1.0));
    }

    @Test
    void aFullShareLeavesTheOtherSharesAlone() {
        // given
        assertThat(budget.reserve(BodyShare.ANYONE, EIGHTH), is(true));
        assertThat(budget.reserve(BodyShare.WRITE_KEY, 5 * EIGHTH), is(true));

        // when
        boolean webhooks = budget.reserve(BodyShare.WEBHOOK, 2 * EIGHTH);

        // then
        assertThat(webhooks, is(true));
        assertThat(budget.reserve(BodyShare.ANYONE, 1), is(false));
    }

    @Test
    void everyShareHoldsTheLargestBodyHoweverSmallTheHeapIs() {
        // given
        BodyBudget smallest = new BodyBudget(1, new SimpleMeterRegistry());

        // when
        boolean isReserved = smallest.reserve(BodyShare.ANYONE, 1 << 20);

        // then
        assertThat(isReserved, is(true));
    }

    private double inUse(String share) {
        return meters.get("listrak.relay.bodies.bytes")
                .tag("share", share)
                .gauge()
                .value();
    }
}
