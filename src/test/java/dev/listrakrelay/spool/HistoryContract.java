package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The history shows every step of an event, and finds the event by each of its values. */
abstract class HistoryContract extends SpoolFixture {

    private final boolean remembersSteps;

    /** @param remembersSteps whether the steps are still known after the spool is opened again */
    HistoryContract(Engine engine, boolean remembersSteps) {
        super(engine);
        this.remembersSteps = remembersSteps;
    }

    private void reopenIfRemembered(int lanes) {
        if (remembersSteps) {
            reopen(lanes);
        }
    }

    @Test
    void everyStepOfAnEventIsKnownWithItsTime() {
        // given
        open(1);
        append("a@example.com", "1", "2");
        Instant accepted = clock.instant();
        Batch batch = take();
        settle(batch, DELIVERED, "2");
        spool.pause(0, Duration.ofSeconds(5), 1, "503 busy")
                .toCompletableFuture()
                .join();
        spool.release(0);
        clock.advance(Duration.ofSeconds(5));
        settle(take(), retryIn(Duration.ofSeconds(5)), "1");
        spool.release(0);
        clock.advance(Duration.ofSeconds(5));

        // when
        settle(take(), new Settlement.Dead("rejected", "400 bad"), "1");
        reopenIfRemembered(1);

        // then
        assertEquals(
                List.of(
                        new EventStep(accepted, "accepted", ""),
                        new EventStep(accepted, "retried", "503 busy"),
                        new EventStep(accepted.plusSeconds(5), "retried", "429 slow down"),
                        new EventStep(accepted.plusSeconds(10), "dead", "rejected")),
                trace("1").steps());
        assertEquals(List.of("accepted", "delivered"), outcomes("2"));
        assertArrayEquals(event("a@example.com", "1").raw(), trace("1").event().raw());
    }

    @Test
    void aRequestIsAStepOfEachEventThatItCarriedAndDecidesNothing() {
        // given
        open(1);
        append("a@example.com", "1", "2");
        Batch batch = take();
        List<Event> events = events(batch);
        Instant sentAt = clock.instant().minusMillis(114);
        SentRequest failed = new SentRequest(
                sentAt,
                "listrak",
                0,
                30_000,
                512,
                true,
                "no whole answer",
                events.stream().map(Event::seq).toList());

        // when
        batch.sent(failed);
        batch.mark(events.get(0), new Settlement.Delivered());
        batch.commit();
        reopenIfRemembered(1);

        // then
        assertEquals(List.of("accepted", "attempted", "delivered"), outcomes("1"));
        assertEquals(List.of("accepted", "attempted"), outcomes("2"));
        assertEquals(sentAt, trace("2").steps().get(1).at());
        assertEquals(
                "{\"destination\":\"listrak\",\"status\":0,\"millis\":30000,\"events\":2,\"bytes\":512,"
                        + "\"ambiguous\":true,\"answer\":\"no whole answer\"}",
                trace("2").steps().get(1).reason());
        assertEquals(List.of("2"), found(Search.ALL.with(Search.Field.OUTCOME, "accepted")));
    }

    @Test
    void anAnswerThatContainsAForgottenContactIsForgotten() {
        // given
        open(1);
        append("a@example.com", "1");
        append("b@example.com", "2");
        Batch batch = take();
        List<Long> seqs = events(batch).stream().map(Event::seq).toList();

        // when
        batch.sent(new SentRequest(
                clock.instant(), "listrak", 400, 12, 512, false, "a@example.com is not to our liking", seqs));
        batch.commit();
        spool.forget("a@example.com");

        // then
        assertEquals("", trace("2").steps().get(1).reason());
    }

    @Test
    void aWalkShowsEachEventWithItsPayloadUntilNoMoreIsWanted() {
        // given
        open(1);
        append(event("a", "1"), event("b", "2"), event("c", "3"));
        settle(take(), DELIVERED, "1");
        List<TracedEvent> shown = new ArrayList<>();

        // when
        spool.history().walk(Search.ALL, event -> shown.add(event) && shown.size() < 2);

        // then
        assertEquals(
                List.of("3", "2"),
                shown.stream().map(event -> event.event().messageId()).toList());
        assertArrayEquals(event("c", "3").raw(), shown.get(0).event().raw());
        shown.clear();
        spool.history().walk(Search.ALL, any -> false, shown::add);
        assertEquals(List.of(), shown);
        spool.history().walk(Search.ALL.with(Search.Field.OUTCOME, "delivered"), shown::add);
        assertEquals(
                List.of("delivered"),
                shown.get(0).steps().stream().map(EventStep::outcome).toList());
    }

    @Test
    void eventsAreFoundByEachFieldAndTime() {
        // given
        open(1);
        append("Old@Example.com".toLowerCase(), "1");
        clock.advance(Duration.ofHours(1));
        Instant later = clock.instant();
        append(event("b", "2"), event("b", "3"), event("b", "4"));
        Batch batch = take();
        settle(batch, DELIVERED, "1");
        settle(batch, new Settlement.Dropped("no_rule"), "2");
        settle(batch, retryIn(Duration.ofHours(1)), "3");

        // then
        assertEquals(List.of("4", "3", "2", "1"), found(Search.ALL));
        assertEquals(List.of("1"), found(Search.ALL.with(Search.Field.CONTACT, "OLD@example.com")));
        assertEquals(List.of("2"), found(Search.ALL.with(Search.Field.MESSAGE_ID, "2")));
        assertEquals(List.of(), found(Search.ALL.with(Search.Field.NAME, "Order Refunded")));
        assertEquals(List.of("1"), found(Search.ALL.with(Search.Field.OUTCOME, "delivered")));
        assertEquals(List.of("2"), found(Search.ALL.with(Search.Field.OUTCOME, "dropped")));
        assertEquals(List.of("3"), found(Search.ALL.with(Search.Field.OUTCOME, "retried")));
        assertEquals(List.of("4"), found(Search.ALL.with(Search.Field.OUTCOME, "accepted")));
        assertEquals(List.of("4", "3", "2"), found(new Search(Map.of(), later, Search.END, Long.MAX_VALUE, 10)));
        assertEquals(List.of("1"), found(new Search(Map.of(), Instant.EPOCH, later, Long.MAX_VALUE, 10)));
    }

    @Test
    void anEventIsFoundByTextsThatJsonWritesOtherwise() {
        // given
        open(1);
        List<String> texts =
                List.of("a\"b", "a\\b", "a/b", "a\tb", "äb", "a\u2028b", "a\uD83D\uDE00b", "plain", "a\u007Fb");
        texts.forEach(text -> append(event("c " + text, "m " + text)));

        // then
        texts.forEach(text -> {
            assertEquals(List.of("m " + text), found(Search.ALL.with(Search.Field.CONTACT, "c " + text)));
            assertEquals(List.of("m " + text), found(Search.ALL.with(Search.Field.MESSAGE_ID, "m " + text)));
        });
    }

    @Test
    void aPendingEventShowsItsLaneAndASettledEventDoesNot() {
        // given
        open(2);
        append(IntStream.range(0, 20).mapToObj(i -> event("c" + i, "m" + i)).toArray(Event[]::new));
        List<String> ofLaneOne = ids(take(1, PLENTY).orElseThrow());
        Batch batch = take();
        String retried = ids(batch).get(0);
        String delivered = ids(batch).get(1);

        // when
        settle(batch, retryIn(Duration.ofMinutes(2)), retried);
        settle(batch, DELIVERED, delivered);

        // then
        TracedEvent.Waiting waiting = trace(retried).waiting().orElseThrow();
        assertEquals(new TracedEvent.Waiting(0, clock.instant().plus(Duration.ofMinutes(2))), waiting);
        assertTrue(trace(delivered).waiting().isEmpty());
        assertEquals(1, trace(ofLaneOne.get(0)).waiting().orElseThrow().lane());
        assertTrue(!trace(ofLaneOne.get(0)).waiting().orElseThrow().due().isAfter(clock.instant()));
        spool.pause(1, Duration.ofMinutes(1), 0, "503 busy")
                .toCompletableFuture()
                .join();
        assertEquals("503 busy", spool.laneStates().get(1).cause());
    }

    @Test
    void aReplayIsAStepOfBothEvents() {
        // given
        open(1);
        append("a", "1");
        settle(take(), new Settlement.Dead("rejected", ""), "1");
        spool.release(0);
        long first = trace("1").event().seq();

        // when
        spool.deadLetters().replay(Search.ALL).toCompletableFuture().join();
        deliverAll();

        // then
        TracedEvent second = trace("1");
        EventStep last = spool.history().get(first).orElseThrow().steps().get(2);
        assertEquals("replayed as " + second.event().seq(), last.outcome() + " " + last.reason());
        assertEquals(
                List.of("", "replay of " + first, ""),
                second.steps().stream().map(EventStep::reason).toList());
        assertEquals(List.of("accepted", "accepted", "delivered"), outcomes("1"));
    }

    @Test
    void aHistoryOfThousandsIsPagedWithoutAGapOnAnyNumberOfLanes() {
        // given
        open(3);
        int many = 9_000;
        for (int from = 0; from < many; from += 1_000) {
            append(IntStream.range(from, from + 1_000)
                    .mapToObj(i -> event("c" + i % 50, "m" + i))
                    .toArray(Event[]::new));
        }
        deliverAll();
        reopenIfRemembered(2);
        append("c", "waits");

        // when
        int delivered = 0;
        Search search = Search.ALL.with(Search.Field.OUTCOME, "delivered");
        List<TracedEvent> page = spool.history().find(search);
        while (!page.isEmpty()) {
            delivered += page.size();
            page = spool.history()
                    .find(search.page(page.get(page.size() - 1).event().seq(), 700));
        }

        // then
        assertEquals(many, delivered);
        assertEquals(List.of("waits"), found(Search.ALL.with(Search.Field.OUTCOME, "accepted")));
        assertTrue(spool.history().get(1_000_000).isEmpty());
    }

    @Test
    void theStateOfEachLaneIsKnown() {
        // given
        open(2);
        append(IntStream.range(0, 20).mapToObj(i -> event("c" + i, "m" + i)).toArray(Event[]::new));

        // when
        spool.pause(1, Duration.ofMinutes(3), 0, "503").toCompletableFuture().join();

        // then
        List<LaneState> states = spool.laneStates();
        assertEquals(20, states.get(0).pending() + states.get(1).pending());
        assertEquals(0, states.get(0).pauses());
        assertEquals(1, states.get(1).pauses());
        assertEquals(clock.instant().plus(Duration.ofMinutes(3)), states.get(1).pausedUntil());
    }

    private TracedEvent trace(String id) {
        long seq = spool.history()
                .find(Search.ALL.with(Search.Field.MESSAGE_ID, id))
                .get(0)
                .event()
                .seq();
        return spool.history().get(seq).orElseThrow();
    }

    private List<String> outcomes(String id) {
        return trace(id).steps().stream().map(EventStep::outcome).toList();
    }

    private List<String> found(Search search) {
        return spool.history().find(search).stream()
                .map(trace -> trace.event().messageId())
                .toList();
    }
}
