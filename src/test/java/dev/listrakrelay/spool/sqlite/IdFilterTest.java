package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.lane.EventId;
import org.junit.jupiter.api.Test;

/** A filter recognizes every added id and few others, and needs a replacement less and less often as it grows. */
class IdFilterTest {

    @Test
    void anIdThatWasAddedIsHeldAndFewOthersAre() {
        // given
        IdFilter filter = IdFilter.smallest();
        int ids = filter.replaceAt();
        for (int i = 0; i < ids; i++) {
            filter.add(EventId.of("rest", "m-" + i));
        }

        // when
        int held = 0;
        int others = 0;
        for (int i = 0; i < 10_000; i++) {
            held += filter.mayContain(EventId.of("rest", "m-" + i)) ? 1 : 0;
            others += filter.mayContain(EventId.of("rest", "other-" + i)) ? 1 : 0;
        }

        // then
        assertEquals(10_000, held);
        assertTrue(others < 500, others + " of 10,000");
    }

    @Test
    void theLargestIsWorthHavingUpToTwiceOfWhatItBeganWith() {
        // given
        IdFilter filter = IdFilter.smallest();
        for (int i = 0; i < 10; i++) {
            filter = filter.larger();
        }
        int room = filter.replaceAt();

        // when
        for (int i = 0; i <= room; i++) {
            filter.add(new EventId(i, i));
        }

        // then
        assertEquals(2 * (room + 1), filter.replaceAt());
    }
}
