package dev.listrakrelay.spool.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The progress of a lane: a head that moves past whole batches, and the few open events before it. */
class LaneProgressTest {

    private static final Settlement DELIVERED = new Settlement.Delivered();

    private final LaneProgress ledger = new LaneProgress(3, 10, new TreeMap<>());

    @Test
    void aBatchThatIsFullySettledMovesTheHeadAndOpensNothing() {
        // given
        ledger.claim(event(11, "a"));
        ledger.claim(event(12, "b"));

        // when
        LaneChange change =
                ledger.change(Map.of(event(11, "a"), DELIVERED, event(12, "b"), new Settlement.Dropped("no_rule")));
        int done = ledger.apply(change);

        // then
        assertEquals(12, change.head());
        assertTrue(change.opened().isEmpty());
        assertTrue(change.isDelivery());
        assertEquals(Set.of(11L, 12L), Set.copyOf(change.done()));
        assertEquals(2, done);
        assertEquals(12, ledger.head());
    }

    @Test
    void unsettledEventsAreOpenAndDueOnceTheirBatchIsReleased() {
        // given
        ledger.claim(event(11, "a"));
        ledger.claim(event(12, "b"));

        // when
        ledger.apply(ledger.change(Map.of(event(12, "b"), DELIVERED)));

        // then
        assertEquals(List.of(11L), ledger.out());
        ledger.release();
        assertEquals(List.of(11L), ledger.dueAgain(5, 1));
        assertEquals(12, ledger.head());
    }

    @Test
    void anEventThatIsNotClaimedIsIgnored() {
        // given
        ledger.claim(event(11, "a"));

        // when
        LaneChange change = ledger.change(Map.of(event(11, "a"), DELIVERED, event(9, "b"), DELIVERED));

        // then
        assertEquals(List.of(11L), change.done());
    }

    @Test
    void aContactsLaterEventIsNotDueBeforeItsEarlierOneThatIsTriedAgain() {
        // given
        ledger.claim(event(11, "a"));
        ledger.claim(event(12, "a"));
        ledger.claim(event(13, "b"));

        // when
        ledger.apply(ledger.change(Map.of(event(11, "a"), new Settlement.Retry(Instant.ofEpochMilli(5_000), "429"))));
        ledger.release();

        // then
        assertEquals(List.of(13L), ledger.dueAgain(5, 4_999));
        assertEquals(List.of(11L, 12L, 13L), ledger.dueAgain(5, 5_000));
        assertEquals(1, ledger.attempts(11));
        assertEquals(0, ledger.attempts(12));
    }

    @Test
    void aBatchTakesOneEventOfAContactAndTheNextBatchTheOthers() {
        // given
        List<Event> due = List.of(event(11, "a"), event(12, "b"), event(13, "a"), event(14, "c"));

        // when
        List<Event> batch = ledger.claim(due, 1_000);
        ledger.apply(ledger.change(delivered(batch)));
        ledger.release();

        // then
        assertEquals(List.of(11L, 12L, 14L), seqs(batch));
        assertEquals(14, ledger.head());
        assertEquals(List.of(13L), ledger.dueAgain(5, 1_000));
        List<Event> next = ledger.claim(List.of(event(13, "a"), event(15, "d"), event(16, "a")), 1_000);
        assertEquals(List.of(13L, 15L), seqs(next));
    }

    @Test
    void ifFewEventsWouldShareARequestABatchTakesAll() {
        // given
        List<Event> due = List.of(event(11, "a"), event(12, "b"), event(13, "a"), event(14, "a"));

        // when
        List<Event> batch = ledger.claim(due, 1_000);

        // then
        assertEquals(due, batch);
    }

    @Test
    void aNewEventWaitsForItsContactsEarlierOneThatIsNotDue() {
        // given
        ledger.claim(event(11, "a"));
        ledger.apply(ledger.change(Map.of(event(11, "a"), new Settlement.Retry(Instant.ofEpochMilli(5_000), "429"))));
        ledger.release();

        // when
        List<Event> batch = ledger.claim(List.of(event(12, "a"), event(13, "b")), 1_000);
        ledger.apply(ledger.change(delivered(batch)));
        ledger.release();

        // then
        assertEquals(List.of(13L), seqs(batch));
        assertEquals(List.of(), ledger.dueAgain(5, 4_999));
        assertEquals(List.of(11L, 12L), ledger.dueAgain(5, 5_000));
    }

    @Test
    void laterEventsOfARetriedEventsContactWaitWithIt() {
        // given
        List<Event> batch = ledger.claim(List.of(event(11, "a"), event(12, "b"), event(13, "a")), 1_000);
        Map<Event, Settlement> settlements = delivered(batch);
        settlements.put(event(11, "a"), new Settlement.Retry(Instant.ofEpochMilli(5_000), "429"));

        // when
        ledger.apply(ledger.change(settlements));
        ledger.release();

        // then
        assertEquals(List.of(), ledger.dueAgain(5, 4_999));
        assertEquals(List.of(11L, 13L), ledger.dueAgain(5, 5_000));
    }

    private static Map<Event, Settlement> delivered(List<Event> events) {
        Map<Event, Settlement> delivered = new HashMap<>();
        events.forEach(event -> delivered.put(event, DELIVERED));
        return delivered;
    }

    private static List<Long> seqs(List<Event> events) {
        return events.stream().map(Event::seq).toList();
    }

    private static Event event(long seq, String contact) {
        return new Event(seq, "m" + seq, "rest", "page", "", contact, Instant.EPOCH, new byte[0]);
    }
}
