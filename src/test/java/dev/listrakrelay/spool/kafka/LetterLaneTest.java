package dev.listrakrelay.spool.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.kafka.LetterKey.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of a lane's dead letters is what its records say, read in their order. */
class LetterLaneTest {

    private final LetterLane lane = new LetterLane();
    private long offset;

    private void says(Kind kind, long seq) {
        lane.record(LetterKey.read(new LetterKey(kind, seq).bytes()), offset++, false);
    }

    private void takesBack(Kind kind, long seq) {
        lane.record(LetterKey.read(new LetterKey(kind, seq).bytes()), offset++, true);
    }

    private static List<Long> seqs(List<LetterLane.Place> places) {
        return places.stream().map(LetterLane.Place::seq).toList();
    }

    @Test
    void lettersAreFoundTheLatestFirstAndThoseThatWaitInOrder() {
        // given
        List.of(9L, 1L, 5L).forEach(seq -> says(Kind.LETTER, seq));

        // when
        says(Kind.WAITING, 9);
        says(Kind.WAITING, 1);

        // then
        assertEquals(List.of(9L, 5L, 1L), seqs(lane.before(Long.MAX_VALUE, 10)));
        assertEquals(List.of(5L), seqs(lane.before(9, 1)));
        assertEquals(List.of(1L, 9L), seqs(lane.nextWaiting(10)));
        assertEquals(2, lane.waiting());
    }

    @Test
    void aLetterThatIsWrittenAnewStillWaits() {
        // given
        says(Kind.LETTER, 1);
        says(Kind.WAITING, 1);

        // when
        says(Kind.LETTER, 1);

        // then
        assertEquals(List.of(new LetterLane.Place(1, 2, true)), lane.nextWaiting(10));
        assertEquals(1, lane.waiting());
    }

    @Test
    void aMarkThatComesAfterTheLetterWasTakenAwayBringsNothingBack() {
        // given
        says(Kind.LETTER, 1);
        says(Kind.WAITING, 1);
        takesBack(Kind.LETTER, 1);

        // when
        says(Kind.WAITING, 1);

        // then
        assertEquals(0, lane.waiting());
        assertEquals(List.of(), lane.nextWaiting(10));
        assertFalse(lane.holds(1));
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
        LetterLane.Place old = lane.at(List.of(1L)).get(0);
        says(Kind.LETTER, 1);

        // when
        lane.isNotAt(old);
        boolean isThere = lane.holds(1);
        lane.isNotAt(lane.at(List.of(1L)).get(0));

        // then
        assertTrue(isThere);
        assertFalse(lane.holds(1));
    }
}
