package dev.listrakrelay.spool.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However seqs come and leave, they are in order and each has its number. */
class SeqMapTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itIsInStepWithATreeMap(long seed) {
        // given
        Random random = new Random(seed);
        TreeMap<Long, Long> expected = new TreeMap<>();
        SeqMap map = new SeqMap();

        // when: they come mostly in order and leave mostly at the beginning
        for (int step = 0; step < 3_000; step++) {
            long seq = random.nextInt(4) == 0 ? random.nextInt(1 + step) : step;
            if (random.nextInt(3) < 2) {
                expected.put(seq, seq * 3);
                map.put(seq, seq * 3);
            } else if (!expected.isEmpty()) {
                long gone = random.nextBoolean() ? expected.firstKey() : seq;
                expected.remove(gone);
                map.remove(gone);
            }
        }

        // then
        List<Long> seqs = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        for (int place = 0; place < map.size(); place++) {
            seqs.add(map.seq(place));
            values.add(map.value(place));
        }
        assertEquals(List.copyOf(expected.keySet()), seqs);
        assertEquals(List.copyOf(expected.values()), values);
        for (long seq = 0; seq < 3_000; seq++) {
            assertEquals(expected.containsKey(seq), map.holds(seq));
            assertEquals(expected.headMap(seq).size(), map.from(seq));
        }
    }
}
