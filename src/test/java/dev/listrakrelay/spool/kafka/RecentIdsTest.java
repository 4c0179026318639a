package dev.listrakrelay.spool.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.lane.EventId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The latest ids are known for a day; if there are too many, the oldest are forgotten first. */
class RecentIdsTest {

    private static final long DAY = Duration.ofHours(24).toMillis();

    @Test
    void anIdIsKnownForADayAndThenNewAgain() {
        // given
        RecentIds ids = new RecentIds(10);
        ids.isFirst(id(1), 1_000);

        // when
        boolean justBefore = ids.isFirst(id(1), 1_000 + DAY - 1);
        boolean then = ids.isFirst(id(1), 1_000 + DAY);

        // then
        assertFalse(justBefore);
        assertTrue(then);
        assertTrue(ids.holds(id(1), 1_000 + 2 * DAY - 1));
        assertFalse(ids.holds(id(1), 1_000 + 2 * DAY));
    }

    /** The ids share few slots of the hash table, so a bug in deleting one would hide others. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void onlyTheLatestIdsAreKnown(long seed) {
        // given
        Random random = new Random(seed);
        int most = 1_000 + random.nextInt(3_000);
        RecentIds ids = new RecentIds(most);
        Map<EventId, Boolean> model = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<EventId, Boolean> eldest) {
                return size() > most;
            }
        };

        // when
        for (int i = 0; i < 40_000; i++) {
            EventId id = new EventId(random.nextInt(64) * 31L, random.nextInt(400));
            boolean isFirst = model.putIfAbsent(id, true) == null;

            // then
            assertEquals(isFirst, ids.isFirst(id, i), "step " + i);
        }
    }

    @Test
    void clearedIdsAreNew() {
        // given
        RecentIds ids = new RecentIds(3_000);
        for (int i = 0; i < 5_000; i++) {
            ids.isFirst(id(i), i);
        }

        // when
        ids.clear();

        // then
        for (int i = 0; i < 5_000; i++) {
            assertTrue(ids.isFirst(id(i), i));
        }
    }

    private static EventId id(int number) {
        return EventId.of("rest", "m-" + number);
    }
}
