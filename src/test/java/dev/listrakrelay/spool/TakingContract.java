package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Appended events are handed out unchanged and in order, at most one batch per lane at a time. */
abstract class TakingContract extends SpoolFixture {

    TakingContract(Engine engine) {
        super(engine);
    }

    @Test
    void anEventIsHandedOutAsItWasAppended() {
        // given
        open(1);
        String contact = "jörg\u0000😀@example.com";
        Event in = new Event(0, "m-1 é", "rest", "page", "Ünïcode", contact, clock.instant(), new byte[] {0, -1, '"'});

        // when
        append(in);

        // then
        Event out = events(take()).get(0);
        assertTrue(out.seq() > 0);
        assertArrayEquals(in.raw(), out.raw());
        assertEquals(
                new Event(out.seq(), "m-1 é", "rest", "page", "Ünïcode", contact, clock.instant(), out.raw()), out);
    }

    @Test
    void appendingNothingStoresNothing() {
        // given
        open(2);

        // when
        int stored = append();

        // then
        assertEquals(0, stored);
        assertEquals(0, spool.pending());
    }

    @Test
    void eventsOfAContactShareALaneAndComeInTheOrderAppended() {
        // given
        open(4);
        for (int i = 0; i < 40; i++) {
            append("contact-" + i % 10, "m-" + i);
        }

        // when
        Map<String, Set<Integer>> lanes = new HashMap<>();
        Map<String, List<String>> order = new HashMap<>();
        for (int lane = 0; lane < 4; lane++) {
            for (Event event : take(lane, PLENTY).map(SpoolFixture::events).orElse(List.of())) {
                lanes.computeIfAbsent(event.contact(), c -> new HashSet<>()).add(lane);
                order.computeIfAbsent(event.contact(), c -> new ArrayList<>()).add(event.messageId());
            }
        }

        // then
        assertTrue(lanes.values().stream().allMatch(used -> used.size() == 1), lanes::toString);
        assertEquals(10, order.size());
        assertEquals(List.of("m-3", "m-13", "m-23", "m-33"), order.get("contact-3"));
    }

    @Test
    void aLaneHandsOutNoMoreThanWasAskedForAndContinuesWhereItStopped() {
        // given
        open(1);
        append("a", "1", "2", "3", "4", "5");

        // when
        Batch first = take(0, 2).orElseThrow();
        settle(first, DELIVERED, "1", "2");
        spool.release(0);
        Batch second = take(0, 2).orElseThrow();

        // then
        assertEquals(List.of("1", "2"), ids(first));
        assertEquals(List.of("3", "4"), ids(second));
    }

    @Test
    void noSecondBatchLeavesALaneBeforeTheFirstIsReleased() {
        // given
        open(1);
        append("a", "1", "2");
        Batch first = take(0, 1).orElseThrow();

        // when
        append("b", "3");
        Optional<Batch> second = take(0, 1);
        settle(first, DELIVERED, "1");
        spool.release(0);

        // then
        assertTrue(second.isEmpty());
        assertEquals(List.of("2", "3"), deliverAll());
    }

    @Test
    void aBatchTakesOneEventOfAContactAndTheNextBatchTheOthers() {
        // given
        open(1);
        append(event("a", "1"), event("b", "2"), event("a", "3"), event("c", "4"));
        Batch first = take();
        settle(first, DELIVERED, "1", "2", "4");
        spool.release(0);

        // when
        Batch second = take();

        // then
        assertEquals(List.of("1", "2", "4"), ids(first));
        assertEquals(List.of("3"), ids(second));
    }

    @Test
    void eventsThatABatchLeftAreKnownAfterARestart() {
        // given
        open(1);
        append(event("a", "1"), event("b", "2"), event("a", "3"), event("c", "4"));
        settle(take(), DELIVERED, "1", "2", "4");

        // when
        reopen(1);

        // then
        assertEquals(1, spool.pending());
        assertEquals(List.of("3"), deliverAll());
    }

    @Test
    void aBatchIsCutAtAboutOneMegabyte() {
        // given
        open(1);
        for (int i = 0; i < 60; i++) {
            append(event("a", "m-" + i).withRaw(new byte[32 * 1024]));
        }

        // when
        Batch batch = take();

        // then
        int bytes = events(batch).stream().mapToInt(e -> e.raw().length).sum();
        assertTrue(bytes > 900_000 && bytes < 1_100_000, bytes + " bytes");
        spool.release(0);
        assertEquals(60, deliverAll().size());
    }
}
