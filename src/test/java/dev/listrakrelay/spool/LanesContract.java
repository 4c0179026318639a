package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** If the number of lanes changes, no event is lost or repeated, and each contact's order stays. */
abstract class LanesContract extends SpoolFixture {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    LanesContract(Engine engine) {
        super(engine);
    }

    @ParameterizedTest
    @CsvSource({"1,4", "4,1", "8,3", "3,8"})
    void aBacklogPartlySettledMovesToItsNewLanes(int before, int after) {
        // given
        open(before);
        for (int i = 0; i < 200; i++) {
            append("contact-" + i % 10, "m-" + i);
        }
        List<String> left = new ArrayList<>();
        for (int lane = 0; lane < before; lane += 2) {
            settleEveryThird(lane, left);
        }

        // when
        reopen(after);
        clock.advance(MINUTE);
        append("contact-0", "m-new");

        // then
        List<String> delivered = deliverAll();
        long settled = 201 - spool.tally().get(new Spool.Outcome("delivered", ""));
        assertEquals(0, settled);
        assertTrue(delivered.containsAll(left));
        assertEquals(delivered.size(), List.copyOf(new HashSet<>(delivered)).size());
        for (int contact = 0; contact < 10; contact++) {
            assertAscending(delivered, contact);
        }
        assertEquals(
                "m-new",
                delivered.stream()
                        .filter(id -> id.equals("m-new") || isOf(id, 0))
                        .reduce((a, b) -> b)
                        .orElse(""));
    }

    @Test
    void anOpenEventFarAheadOfItsNewLaneDoesNotHideTheEventsBetween() {
        // given two lanes, of which one is far ahead of the other and has an open event
        open(2);
        String ahead = contactOf(0, 2);
        String behind = contactOf(1, 2);
        append(event(behind, "b1"), event(behind, "b2"), event(ahead, "a1"));
        settle(take(0, PLENTY).orElseThrow(), retryIn(MINUTE), "a1");

        // when both lanes become one lane, and the open event is taken alone
        reopen(1);
        clock.advance(MINUTE);
        Batch batch = take(0, 1).orElseThrow();
        settle(batch, DELIVERED, ids(batch).toArray(String[]::new));
        spool.release(0);
        reopen(1);

        // then
        List<String> all = new ArrayList<>(ids(batch));
        all.addAll(deliverAll());
        assertEquals(List.of("a1", "b1", "b2"), all.stream().sorted().toList());
    }

    @Test
    void aRetryKeepsItsTimeWhenItsLaneChanges() {
        // given
        open(4);
        append(event("a", "a1"), event("a", "a2"), event("b", "b1"));
        for (int lane = 0; lane < 4; lane++) {
            take(lane, PLENTY).ifPresent(batch -> settle(batch, retryIn(MINUTE), "a1"));
        }

        // when
        reopen(3);
        List<String> meanwhile = deliverAll();
        clock.advance(MINUTE);

        // then
        assertEquals(List.of("b1"), meanwhile);
        assertEquals(List.of("a1", "a2"), deliverAll());
    }

    @Test
    void newEventsComeAfterOldOnesThroughManyChanges() {
        // given
        open(1);
        List<String> order = new ArrayList<>();
        int next = 0;

        // when
        for (int lanes : new int[] {5, 2, 7, 1, 3}) {
            append("a", "m-" + next++, "m-" + next++);
            append("b" + lanes, "b-" + lanes);
            int lane = laneOf("a");
            Batch batch = take(lane, 1).orElseThrow();
            order.addAll(ids(batch));
            settle(batch, DELIVERED, ids(batch).get(0));
            reopen(lanes);
        }
        order.addAll(deliverAll());

        // then
        List<String> ofA = order.stream().filter(id -> id.startsWith("m-")).toList();
        assertEquals(IntStream.range(0, next).mapToObj(i -> "m-" + i).toList(), ofA);
        assertEquals(next + 5, order.size());
        assertEquals(0, spool.pending());
    }

    /** Delivers a third of the events in a lane's batch, retries a third, and leaves a third unsettled. */
    private void settleEveryThird(int lane, List<String> left) {
        Optional<Batch> batch = take(lane, 30);
        if (batch.isEmpty()) {
            return;
        }
        int i = 0;
        for (Event event : batch.get()) {
            if (i % 3 == 0) {
                batch.get().mark(event, DELIVERED);
            } else {
                left.add(event.messageId());
                if (i % 3 == 1) {
                    batch.get().mark(event, retryIn(MINUTE));
                }
            }
            i++;
        }
        batch.get().commit();
    }

    /** The lane with this contact's pending events. */
    private int laneOf(String contact) {
        for (int lane = 0; lane < spool.lanes(); lane++) {
            Optional<Batch> batch = take(lane, PLENTY);
            spool.release(lane);
            if (batch.isPresent()
                    && events(batch.get()).stream().anyMatch(e -> e.contact().equals(contact))) {
                return lane;
            }
        }
        throw new AssertionError(contact + " has no lane");
    }

    /** A contact whose lane is this one. */
    private String contactOf(int lane, int lanes) {
        assertEquals(lanes, spool.lanes());
        for (int i = 0; ; i++) {
            String probe = "probe-" + lane + "-" + i;
            append(probe, probe);
            int found = laneOf(probe);
            deliverAll();
            if (found == lane) {
                return probe;
            }
        }
    }

    private static boolean isOf(String id, int contact) {
        return !id.equals("m-new") && Integer.parseInt(id.substring(2)) % 10 == contact;
    }

    private static void assertAscending(List<String> ids, int contact) {
        List<Integer> numbers = ids.stream()
                .filter(id -> isOf(id, contact))
                .map(id -> Integer.parseInt(id.substring(2)))
                .toList();
        assertEquals(numbers.stream().sorted().toList(), numbers);
    }
}
