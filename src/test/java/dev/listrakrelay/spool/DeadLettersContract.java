package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A dead letter has its event, request, answer and reason, and is found by each field and by time. */
abstract class DeadLettersContract extends DeadLettersFixture {

    DeadLettersContract(Engine engine) {
        super(engine);
    }

    @Test
    void aDeadLetterHasTheEventTheRequestAndTheReason() {
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
        DeadLetter dead = spool.deadLetters().get(onlyDead().event().seq()).orElseThrow();
        assertEquals("1", dead.event().messageId());
        assertEquals(accepted, dead.event().receivedAt());
        assertArrayEquals(event("a@example.com", "1").raw(), dead.event().raw());
        assertEquals("rejected", dead.reason());
        assertEquals("400 bad", dead.answer());
        assertEquals("{\"sent\":1}", dead.request());
        assertEquals(1, dead.attempts());
        assertEquals(clock.instant(), dead.diedAt());
    }

    @Test
    void deadLettersAreFoundByEachFieldAndTime() {
        // given
        open(1);
        makeDead(EXPIRED, "Old@Example.com", "1");
        clock.advance(Duration.ofHours(1));
        Instant later = clock.instant();
        makeDead(REJECTED, "new@example.com", "2");

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
        makeDead(REJECTED, "a", "1", "2", "3");

        // when
        List<DeadLetter> first = spool.deadLetters().find(Search.ALL.page(Long.MAX_VALUE, 2));

        // then
        assertEquals(List.of("3", "2"), ids(first));
        assertEquals(List.of("1"), found(Search.ALL.page(first.get(1).event().seq(), 2)));
    }
}
