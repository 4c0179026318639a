package dev.listrakrelay.alert;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.listrakrelay.spool.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each problem is told once when it begins, once when it is over, and again after the time of a reminder; never a storm. */
class AlertDeciderTest {

    private static final Duration RESOLVE_AFTER = Duration.ofMinutes(2);
    private static final Duration REMINDER = Duration.ofHours(4);
    private static final int PER_MINUTE = 5;
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final TestClock clock = new TestClock();
    private final Map<String, ToldProblem> told = new HashMap<>();
    private final AlertDecider decider =
            new AlertDecider(new AlertLimits(RESOLVE_AFTER, REMINDER, PER_MINUTE), clock, told);
    private final List<Alert> alerts = new ArrayList<>();

    @Test
    void aProblemIsToldOnceWhileItLasts() {
        // when
        look(parked("listrak"));
        look(parked("listrak"));

        // then
        assertThat(lines(), contains("raised ListrakRelayDestinationParked/listrak"));
    }

    @Test
    void aProblemThatIsGoneForTheTimeIsResolvedWithItsBegin() {
        // given
        look(parked("listrak"));
        Problem first = alerts.get(0).problem();
        look(parked("listrak"));

        // when
        lookFor(RESOLVE_AFTER);

        // then
        assertThat(
                lines(),
                contains(
                        "raised ListrakRelayDestinationParked/listrak",
                        "resolved ListrakRelayDestinationParked/listrak"));
        assertThat(alerts.get(1).problem().since(), is(first.since()));
        assertThat(told.keySet(), empty());
    }

    @Test
    void aProblemThatReturnsEarlierIsTheSame() {
        // given
        look(parked("listrak"));

        // when
        for (int flap = 0; flap < 10; flap++) {
            lookFor(RESOLVE_AFTER.minus(LOOK));
            look(parked("listrak"));
        }

        // then
        assertThat(alerts, hasSize(1));
    }

    @Test
    void aProblemThatLastsIsRemindedOfAndNotWhileEarlierAlertsWait() {
        // given
        look(parked("listrak"));
        clock.advance(REMINDER);

        // when
        alerts.addAll(decider.next(List.of(parked("listrak")), false));
        int whileTheyWait = alerts.size();
        look(parked("listrak"));
        look(parked("listrak"));

        // then
        assertThat(whileTheyWait, is(1));
        assertThat(
                lines(),
                contains(
                        "raised ListrakRelayDestinationParked/listrak",
                        "reminder ListrakRelayDestinationParked/listrak"));
    }

    @Test
    void moreProblemsThanAMinuteMayTellAreToldInOneSummary() {
        // given
        Problem[] all =
                IntStream.range(0, 200).mapToObj(i -> parked("account-" + i)).toArray(Problem[]::new);

        // when
        look(all);
        for (int minute = 0; minute < 30; minute++) {
            clock.advance(Duration.ofMinutes(1));
            look(all);
        }

        // then
        assertThat(alerts, hasSize(PER_MINUTE + 1));
        Alert summary = alerts.get(PER_MINUTE);
        assertThat(summary.problem().id(), is("ListrakRelayManyAlerts"));
        assertThat(summary.problem().count(), is(195L));
        assertThat(summary.problem().what(), containsString("ListrakRelayDestinationParked (195: account-"));
    }

    @Test
    void aSummaryIsResolvedOnceWhenAllOfItsProblemsAreOver() {
        // given
        Problem[] all =
                IntStream.range(0, 20).mapToObj(i -> parked("account-" + i)).toArray(Problem[]::new);
        look(all);
        alerts.clear();

        // when
        clock.advance(RESOLVE_AFTER);
        look();
        for (int minute = 0; minute < 10; minute++) {
            clock.advance(Duration.ofMinutes(1));
            look();
        }

        // then
        assertThat(alerts.stream().map(Alert::state).distinct().toList(), contains(AlertState.RESOLVED));
        assertThat(alerts, hasSize(PER_MINUTE + 1));
        assertThat(
                lines().stream().filter(line -> line.contains("ManyAlerts")).toList(),
                contains("resolved ListrakRelayManyAlerts"));
        assertThat(told.keySet(), empty());
    }

    @Test
    void noMinuteTellsMoreThanTheLimitAndOneSummary() {
        // when problems begin and end all the time
        int most = 0;
        for (int minute = 0; minute < 60; minute++) {
            int before = alerts.size();
            for (int second = 0; second < 60; second += 5) {
                look(parked("account-" + minute + "-" + second));
            }
            most = Math.max(most, alerts.size() - before);
        }

        // then
        assertThat(most <= PER_MINUTE + 2, is(true));
    }

    @Test
    void subjectsThatAreEqualInAnIdAreOneProblem() {
        // when
        look(parked("a b"), parked("a\"b"));

        // then
        assertThat(lines(), contains("raised ListrakRelayDestinationParked/a_b"));
    }

    private Problem parked(String subject) {
        return new Problem(AlertKind.DESTINATION_PARKED, subject, subject + " is parked.", clock.instant(), 1);
    }

    private void lookFor(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(LOOK)) {
            look();
        }
    }

    private void look(Problem... problems) {
        clock.advance(LOOK);
        alerts.addAll(decider.next(Stream.of(problems).toList(), true));
    }

    private List<String> lines() {
        return alerts.stream()
                .map(alert -> alert.state() + " " + alert.problem().id())
                .toList();
    }
}
