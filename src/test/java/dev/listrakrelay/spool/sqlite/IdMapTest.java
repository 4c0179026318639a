package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.lane.EventId;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The map for ids gives the same results as a {@link HashMap}. */
class IdMapTest {

    private static final int MANY = 30_000;

    private final IdMap ids = new IdMap();
    private final Map<EventId, Long> same = new HashMap<>();
    private final Random random = new Random(20261122);

    @Test
    void theMapHoldsExactlyWhatWasPut() {
        // given ids that often have the same first half, and often share a slot of the table
        for (int i = 0; i < MANY; i++) {
            put(random.nextInt(MANY / 2), random.nextInt(3), random.nextInt(1_000));
        }

        // when
        Map<EventId, Long> held = new HashMap<>();
        ids.forEach(held::put);

        // then
        assertEquals(same, held);
        assertEquals(same.size(), ids.size());
        same.forEach((id, at) -> {
            assertTrue(ids.contains(id, at - 1));
            assertFalse(ids.contains(id, at));
            assertFalse(ids.contains(new EventId(id.first(), id.rest() + 3), Long.MIN_VALUE));
        });
        assertFalse(ids.contains(new EventId(-1, 0), Long.MIN_VALUE));
    }

    @Test
    void idsAreVisitedInOrderOfFirstHalves() {
        // given
        for (int i = 0; i < MANY; i++) {
            put(random.nextLong(), 1, 1);
        }
        put(Long.MIN_VALUE, 1, 1);
        put(Long.MAX_VALUE, 1, 1);
        put(0, 1, 1);
        put(0, 2, 2);

        // when
        long[] halves = ids.firstHalves();
        Map<EventId, Long> held = new HashMap<>();
        for (long half : halves) {
            ids.forEachOf(half, held::put);
        }

        // then
        assertArrayEquals(
                same.keySet().stream()
                        .mapToLong(EventId::first)
                        .distinct()
                        .sorted()
                        .toArray(),
                halves);
        assertEquals(same, held);
    }

    @Test
    void clearedItHoldsNothing() {
        // given
        put(1, 2, 3);

        // when
        ids.clear();

        // then
        assertEquals(0, ids.size());
        assertFalse(ids.contains(new EventId(1, 2), Long.MIN_VALUE));
        ids.forEach((id, at) -> {
            throw new AssertionError(id);
        });
    }

    private void put(long first, long rest, long at) {
        ids.put(new EventId(first, rest), at);
        same.put(new EventId(first, rest), at);
    }
}
