package dev.listrakrelay.spool.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.kafka.DeadLetterRecord.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of a lane's dead letters is what its records say, read in their order. */
class DeadLetterLaneTest {

    private final DeadLetterLane lane = new DeadLetterLane();
    private long offset;

    private void says(Kind kind, long seq) {
        lane.record(DeadLetterRecord.Key.read(new DeadLetterRecord.Key(kind, seq).written()), offset++, false);
    }

    private void takesBack(Kind kind, long seq) {
        lane.record(DeadLetterRecord.Key.read(new DeadLetterRecord.Key(kind, seq).written()), offset++, true);
    }

    private static List<Long> seqs(List<DeadLetterLane.Place> places) {
        return places.stream().map(DeadLetterLane.Place::seq).toList();
    }

    @Test
    void lettersAreFoundInBothDirections() {
        // when
        List.of(9L, 1L, 5L).forEach(seq -> says(Kind.LETTER, seq));
        says(Kind.PROBE, 3);

        // then
        assertEquals(List.of(9L, 5L, 1L), seqs(lane.before(Long.MAX_VALUE, 10)));
        assertEquals(List.of(5L), seqs(lane.before(9, 1)));
        assertEquals(List.of(1L, 5L, 9L), seqs(lane.after(0, 10)));
        assertEquals(List.of(5L), seqs(lane.after(1, 1)));
    }

    @Test
    void aLetterThatIsDeletedIsGone() {
        // given
        says(Kind.LETTER, 1);

        // when
        takesBack(Kind.LETTER, 1);

        // then
        assertFalse(lane.holds(1));
        assertEquals(List.of(), lane.after(0, 10));
    }

    @Test
    void anEventIsForgottenUntilThatIsTakenBack() {
        // given
        says(Kind.FORGOTTEN, 1);
        boolean wasForgotten = lane.isForgotten(1);

        // when
        takesBack(Kind.FORGOTTEN, 1);

        // then
        assertTrue(wasForgotten);
        assertFalse(lane.isForgotten(1));
    }

    @Test
    void aLetterThatIsNotWhereItWasIsGoneUnlessItWasWrittenAnewMeanwhile() {
        // given
        says(Kind.LETTER, 1);
        DeadLetterLane.Place old = lane.after(0, 1).get(0);
        says(Kind.LETTER, 1);

        // when
        lane.isNotAt(old);
        boolean isThere = lane.holds(1);
        lane.isNotAt(lane.after(0, 1).get(0));

        // then
        assertTrue(isThere);
        assertFalse(lane.holds(1));
    }
}
