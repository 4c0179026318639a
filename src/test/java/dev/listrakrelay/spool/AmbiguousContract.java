package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The spool lists which events their destination may have twice. */
abstract class AmbiguousContract extends SpoolFixture {

    private static final String ADA = "ada@example.com";

    private final boolean remembersSteps;

    /** @param remembersSteps whether the list is still known after the spool is opened again */
    AmbiguousContract(Engine engine, boolean remembersSteps) {
        super(engine);
        this.remembersSteps = remembersSteps;
    }

    /** Sends the events of a batch in one request. */
    private Instant send(Batch batch, int status, boolean isAmbiguous, String answer) {
        Instant now = clock.instant();
        batch.sending(events(batch), now);
        batch.sent(new SentRequest(
                now,
                "listrak",
                status,
                12,
                512,
                isAmbiguous,
                answer,
                events(batch).stream().map(Event::seq).toList()));
        return now;
    }

    private AmbiguousEvent entry() {
        return spool.ambiguous().find(Search.ALL).get(0);
    }

    @Test
    void anEventThatWasSentAgainAfterATimeOutIsListedWithBothTimesAndItsOutcome() {
        // given
        open(1);
        append(ADA, "1");
        append("ben@example.com", "2");
        Batch first = take();
        Instant sentAt = send(first, 0, true, "time-out");
        first.commit();
        spool.release(0);
        assertEquals("pending", entry().outcome());
        assertEquals(1, entry().sendings());
        clock.advance(Duration.ofSeconds(9));

        // when
        Batch second = take();
        Instant again = send(second, 200, false, "");
        settle(second, DELIVERED, "1", "2");
        if (remembersSteps) {
            reopen(1);
        }

        // then
        List<AmbiguousEvent> found = spool.ambiguous().find(Search.ALL.with(Search.Field.CONTACT, ADA));
        assertEquals(1, found.size());
        AmbiguousEvent entry = found.get(0);
        assertEquals("1", entry.event().messageId());
        assertEquals("Order Completed", entry.event().name());
        assertEquals("listrak", entry.destination());
        assertEquals("time-out", entry.cause());
        assertEquals(sentAt, entry.sentAt());
        assertEquals(Optional.of(again), entry.sentAgainAt());
        assertEquals(2, entry.sendings());
        assertEquals("delivered", entry.outcome());
        assertEquals(Optional.of(clock.instant()), entry.settledAt());
        assertEquals(2, spool.ambiguous().count());
        assertEquals(Optional.of(entry), spool.ambiguous().get(entry.event().seq()));
    }

    @Test
    void aRequestThatWasAnsweredIsNotListed() {
        // given
        open(1);
        append(ADA, "1");
        Batch batch = take();

        // when
        send(batch, 503, false, "busy");
        batch.commit();
        send(batch, 200, false, "");
        settle(batch, DELIVERED, "1");

        // then
        assertEquals(List.of(), spool.ambiguous().find(Search.ALL));
        assertEquals(0, spool.ambiguous().count());
    }

    @Test
    void aRequestThatWasRefusedDoesNotCountAsASecondSending() {
        // given
        open(1);
        append(ADA, "1");
        Batch batch = take();
        send(batch, 0, true, "connection reset");
        batch.commit();

        // when
        send(batch, 400, false, "no such field");
        settle(batch, new Settlement.Dead("rejected", "400"), "1");

        // then
        assertEquals(1, entry().sendings());
        assertEquals(Optional.empty(), entry().sentAgainAt());
        assertEquals("dead", entry().outcome());
    }

    @Test
    void entriesAreFoundByTimeAndOutcomeAndPageByPage() {
        // given
        open(1);
        for (String id : List.of("1", "2", "3")) {
            append("c" + id + "@example.com", id);
            Batch batch = take();
            send(batch, 0, true, "time-out");
            settle(batch, id.equals("2") ? new Settlement.Dead("expired", "") : DELIVERED, id);
            spool.release(0);
            clock.advance(Duration.ofHours(1));
        }
        Instant start = clock.instant().minus(Duration.ofHours(3));

        // then
        assertEquals(List.of("3", "2", "1"), found(Search.ALL));
        assertEquals(
                List.of("3", "2"), found(new Search(Map.of(), start.plusSeconds(1), Search.END, Long.MAX_VALUE, 9)));
        assertEquals(List.of("1"), found(new Search(Map.of(), Instant.EPOCH, start.plusSeconds(1), Long.MAX_VALUE, 9)));
        assertEquals(List.of("2"), found(Search.ALL.with(Search.Field.OUTCOME, "dead")));
        List<AmbiguousEvent> page = spool.ambiguous().find(Search.ALL.page(Long.MAX_VALUE, 2));
        assertEquals(List.of("1"), found(Search.ALL.page(page.get(1).event().seq(), 2)));
    }

    @Test
    void aForgottenContactIsNoLongerListed() {
        // given
        open(1);
        append(ADA, "settled");
        append("ben@example.com", "other");
        Batch first = take();
        send(first, 0, true, "time-out");
        settle(first, DELIVERED, "settled", "other");
        spool.release(0);
        append(ADA, "pending");
        Batch second = take();
        send(second, 0, true, "time-out");
        second.commit();

        // when
        spool.forget(ADA);

        // then
        assertEquals(List.of("other"), found(Search.ALL));
        assertTrue(spool.ambiguous()
                .find(Search.ALL.with(Search.Field.CONTACT, ADA))
                .isEmpty());
    }

    @Test
    void anEventThatIsForgottenWhileItsRequestIsUnderWayIsNotListed() {
        // given
        open(1);
        append(ADA, "1");
        Batch batch = take();
        spool.forget(ADA);

        // when
        send(batch, 0, true, "time-out");
        batch.commit();

        // then
        assertEquals(List.of(), found(Search.ALL));
    }

    private List<String> found(Search search) {
        return spool.ambiguous().find(search).stream()
                .map(entry -> entry.event().messageId())
                .toList();
    }
}
