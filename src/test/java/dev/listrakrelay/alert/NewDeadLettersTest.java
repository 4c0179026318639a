package dev.listrakrelay.alert;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TestClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Dead letters are told by kind, once some are new; those of before the first start with alerts are not. */
class NewDeadLettersTest {

    private static final Duration OVER = Duration.ofHours(1);

    private final TestClock clock = new TestClock();
    private final Map<Spool.Outcome, Long> tally =
            new TreeMap<>(Comparator.comparing(Spool.Outcome::reason).thenComparing(Spool.Outcome::name));
    private NewDeadLetters letters = new NewDeadLetters(() -> Map.of("events", tally), OVER, clock);

    @Test
    void deadLettersOfBeforeTheFirstStartAreNotTold() {
        // given
        dead("rejected", 7);
        letters.restore(MissingNode.getInstance());

        // when
        List<String> first = look();
        dead("rejected", 9);

        // then
        assertThat(first, empty());
        assertThat(look(), contains("events rejected 2"));
    }

    @Test
    void aNewKindIsToldFromItsFirst() {
        // given
        look();

        // when
        dead("too_large", 1);

        // then
        assertThat(look(), contains("events too_large 1"));
    }

    @Test
    void aKindIsOverOnceAllNewOnesAreReplayed() {
        // given
        dead("rejected", 7);
        look();
        dead("rejected", 9);
        look();

        // when
        dead("rejected", 8);
        List<String> oneIsLeft = look();
        dead("rejected", 7);

        // then
        assertThat(oneIsLeft, contains("events rejected 1"));
        assertThat(look(), empty());
    }

    @Test
    void aNewOneIsToldAfterAnOldOneWasReplayed() {
        // given
        dead("rejected", 7);
        look();
        dead("rejected", 8);
        look();
        dead("rejected", 6);
        List<String> afterTheReplay = look();

        // when
        dead("rejected", 7);

        // then
        assertThat(afterTheReplay, empty());
        assertThat(look(), contains("events rejected 1"));
    }

    @Test
    void aKindIsOverOnceNoneFollowedForTheTimeAndThoseAreOldThen() {
        // given
        look();
        dead("rejected", 2);
        look();
        clock.advance(OVER.minusMinutes(1));
        dead("rejected", 3);
        look();

        // when
        clock.advance(OVER.minusMinutes(1));
        List<String> before = look();
        clock.advance(Duration.ofMinutes(1));
        List<String> after = look();
        dead("rejected", 4);

        // then
        assertThat(before, contains("events rejected 3"));
        assertThat(after, empty());
        assertThat(look(), contains("events rejected 1"));
    }

    @Test
    void aRestartKeepsWhatIsNewAndFindsWhatItMissed() {
        // given
        dead("rejected", 5);
        look();
        dead("rejected", 7);
        look();
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        letters.save(saved);

        // when
        letters = new NewDeadLetters(() -> Map.of("events", tally), OVER, clock);
        letters.restore(saved);
        dead("too_large", 1);

        // then
        assertThat(look(), contains("events rejected 2", "events too_large 1"));
    }

    @Test
    void aProcessThatCountsFromZeroAgainTellsTheNextOne() {
        // given
        dead("rejected", 7);
        look();

        // when
        dead("rejected", 0);
        List<String> afterTheRestart = look();
        dead("rejected", 1);

        // then
        assertThat(afterTheRestart, empty());
        assertThat(look(), contains("events rejected 1"));
    }

    private void dead(String reason, long count) {
        tally.put(new Spool.Outcome("dead", reason), count);
    }

    private List<String> look() {
        tally.merge(new Spool.Outcome("delivered", ""), 100L, Long::sum);
        return letters.problems()
                .map(problem -> problem.subject() + " " + problem.count())
                .toList();
    }
}
