package dev.listrakrelay.spool.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.SpoolRefused;
import dev.listrakrelay.spool.kafka.LaneSnapshot.OpenEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

/** The whole state of a lane fits into the metadata of its committed offset, whatever happened to its events. */
class LaneSnapshotTest {

    private static final long NOW = 1_764_430_800_000L;
    private static final long MINUTE = 60_000;
    private static final long FAR = Long.MAX_VALUE / 2;
    private static final int LARGEST_BATCH = 1_000;
    private static final Map<Outcome, Long> FULL_TALLY = fullTally();

    private static LaneSnapshot readBack(LaneSnapshot snapshot) {
        OffsetAndMetadata written = snapshot.written(NOW).offset();
        assertTrue(
                written.metadata().length() <= 4_096,
                () -> "characters: " + written.metadata().length());
        return LaneSnapshot.read(written);
    }

    private static LaneSnapshot with(long to, TreeMap<Long, OpenEvent> open) {
        return new LaneSnapshot(to, open, NOW + MINUTE, 3, FULL_TALLY);
    }

    /** A tally with the maximum number of reasons, each with the largest count that can occur. */
    private static Map<Outcome, Long> fullTally() {
        Map<Outcome, Long> tally = new HashMap<>();
        for (String name : List.of("delivered", "retried")) {
            tally = LaneTally.plus(tally, Map.of(new Outcome(name, ""), 999_999_999_999L));
        }
        for (int i = 0; i < 200; i++) {
            for (String name : List.of("forwarded", "dropped", "dead", "replayed")) {
                Outcome outcome = new Outcome(name, "reason é " + i);
                long last = tally.getOrDefault(new Outcome(name, LaneTally.OTHER), 0L) > 0 ? 1 : 999_999_999_900L;
                tally = LaneTally.plus(tally, Map.of(outcome, last));
            }
        }
        return tally;
    }

    @Test
    void theTextHasTheDocumentedForm() {
        // given
        TreeMap<Long, OpenEvent> open = new TreeMap<>();
        open.put(100L, new OpenEvent(0, 0));
        open.put(101L, new OpenEvent(NOW, 0));
        open.put(105L, new OpenEvent(NOW + MINUTE, 2));

        // when
        OffsetAndMetadata written = new LaneSnapshot(
                        120,
                        open,
                        NOW,
                        1,
                        Map.of(new Outcome("delivered", ""), 12L, new Outcome("dropped", "no_rule"), 4L))
                .written(NOW)
                .offset();

        // then
        assertEquals(100, written.offset());
        assertEquals(
                "v1 to=+20 pause=1764430800000/1 open=t6hvio:.2,3..1o.2 tally=delivered:12,dropped/no_rule:4",
                written.metadata());
    }

    @Test
    void anOffsetThatAToolSetMeansThatEverythingFromThereOnIsToBeDelivered() {
        // when
        LaneSnapshot set = LaneSnapshot.read(new OffsetAndMetadata(7));

        // then
        assertEquals(LaneSnapshot.from(7), set);
        assertEquals(7, set.head());
    }

    @Test
    void metadataOfAnotherProgramIsRefused() {
        // when
        SpoolRefused refused =
                assertThrows(SpoolRefused.class, () -> LaneSnapshot.read(new OffsetAndMetadata(7, "v2 to=+1")));

        // then
        assertEquals(
                "spool.kafka.group: metadata of a committed offset, expected v1 of the relay, found v2 to=+1",
                refused.getMessage());
    }

    @Test
    void aSnapshotIsReadAsItWasWrittenToTheSecond() {
        // given
        Random random = new Random(4);
        for (int round = 0; round < 500; round++) {
            TreeMap<Long, OpenEvent> open = new TreeMap<>();
            long to = random.nextInt(1_000_000);
            for (int i = random.nextInt(100); i > 0; i--) {
                to += random.nextInt(3) == 0 ? random.nextInt(5_000) : 0;
                open.put(to++, new OpenEvent(NOW + random.nextInt(3) * MINUTE, random.nextInt(2)));
            }
            LaneSnapshot snapshot = new LaneSnapshot(to, open, NOW, 2, Map.of(new Outcome("dead", "a/b:c,d e"), 9L));

            // then
            assertEquals(snapshot, readBack(snapshot));
        }
    }

    @Test
    void aFullTallyLosesNoEventAndNoSumBelowNothing() {
        // given
        Map<Outcome, Long> tally = FULL_TALLY;
        Outcome late = new Outcome("dead", "late");

        // when
        Map<Outcome, Long> died = LaneTally.plus(tally, Map.of(late, 3L));
        Map<Outcome, Long> replayed = LaneTally.plus(died, Map.of(late, -3L));

        // then
        assertTrue(LaneTally.written(tally).length() <= LaneTally.MOST_CHARACTERS);
        assertEquals(tally.get(new Outcome("dead", "other")) + 3, died.get(new Outcome("dead", "other")));
        assertEquals(tally, replayed);
        assertEquals(tally, LaneTally.read(LaneTally.written(tally)));
    }

    /**
     * Each round takes as many events as the rule allows, and leaves many of them open, as the worst case for the text.
     */
    @Test
    void howeverEventsEndTheTextOfALaneThatKeepsItsRoomStaysBelowTheCap() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            TreeMap<Long, OpenEvent> open = new TreeMap<>();
            long to = FAR;
            int most = 0;
            for (int round = 0; round < 120; round++) {
                LaneSnapshot before = with(to, open);
                int room = before.written(NOW).roomForOpen();
                int openOnes = settleOpen(random, open, room / OpenRuns.MOST_OF_A_SPLIT);
                int left = room - openOnes * OpenRuns.MOST_OF_A_SPLIT;
                int news = before.written(NOW).hasRoomForDetails()
                        ? Math.min(LARGEST_BATCH, Math.max(0, left / OpenRuns.MOST_OF_A_NEW_ONE))
                        : 0;
                for (int i = 0; i < news; i++) {
                    if (staysOpen(random, seed, i)) {
                        open.put(to, new OpenEvent(NOW + random.nextInt(3_600_000), random.nextInt(800)));
                    }
                    to++;
                }
                LaneSnapshot read = readBack(with(to, open));
                assertTrue(open.keySet().equals(read.open().keySet()), "the same are open, seed " + seed);
                assertEquals(to, read.to());
                most = Math.max(most, open.size());
            }
            assertTrue(most > 100, "open events of seed " + seed + ": " + most);
        }
    }

    private static boolean staysOpen(Random random, int seed, int i) {
        return switch (seed % 4) {
            case 0 -> i % 2 == 0;
            case 1 -> i % 3 != 0;
            case 2 -> true;
            default -> random.nextBoolean();
        };
    }

    /**
     * Settles or retries at most this many random open events. If none is allowed, settles the first one in half of the
     * cases.
     */
    private static int settleOpen(Random random, TreeMap<Long, OpenEvent> open, int most) {
        if (most <= 0) {
            if (random.nextBoolean()) {
                open.pollFirstEntry();
            }
            return 0;
        }
        List<Long> due = open.keySet().stream()
                .filter(any -> random.nextInt(3) == 0)
                .limit(most)
                .toList();
        due.forEach(offset -> {
            if (random.nextBoolean()) {
                open.remove(offset);
            } else {
                open.put(offset, new OpenEvent(NOW + random.nextInt(3_600_000), 1));
            }
        });
        return due.size();
    }
}
