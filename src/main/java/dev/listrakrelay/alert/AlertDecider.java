package dev.listrakrelay.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides what is told: that a problem began, that it persists, that it is over. Each is told once. If more problems begin
 * than may be told in a minute, one summary tells the rest.
 */
final class AlertDecider {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Problem SUMMARY = new Problem(AlertKind.MANY_ALERTS, "", "", Instant.EPOCH, 0);

    private final AlertLimits limits;
    private final Clock clock;
    private final Map<String, ToldProblem> told;
    private final Deque<Instant> toldLately = new ArrayDeque<>();

    /** @param told the problems that were told before the start, by id; this class updates the map */
    AlertDecider(AlertLimits limits, Clock clock, Map<String, ToldProblem> told) {
        this.limits = limits;
        this.clock = clock;
        this.told = told;
    }

    /**
     * Returns what has to be told now.
     *
     * @param problems all present problems, the most important first
     * @param mayRemind false while earlier alerts wait for their delivery
     */
    List<Alert> next(List<Problem> problems, boolean mayRemind) {
        Instant now = clock.instant();
        while (!toldLately.isEmpty() && !toldLately.peek().plus(MINUTE).isAfter(now)) {
            toldLately.remove();
        }
        List<Alert> alerts = new ArrayList<>();
        Map<String, Problem> present = new HashMap<>();
        for (Problem problem : problems) {
            if (present.putIfAbsent(problem.id(), problem) == null) {
                note(problem, now, alerts);
            }
        }
        for (ToldProblem one : List.copyOf(told.values())) {
            if (isOver(one, present.keySet(), now)) {
                end(one, now, alerts);
            } else if (mayRemind && isReminderDue(one, now)) {
                told.put(one.problem().id(), one.reminded(now));
                tell(AlertState.REMINDER, one.problem(), now, alerts);
            }
        }
        summarize(now, alerts);
        return alerts;
    }

    private void note(Problem problem, Instant now, List<Alert> alerts) {
        ToldProblem before = told.get(problem.id());
        if (before != null) {
            told.put(problem.id(), before.seen(problem, now));
            return;
        }
        boolean isOverLimit = isAtLimit();
        told.put(problem.id(), new ToldProblem(problem, now, now, isOverLimit));
        if (!isOverLimit) {
            tell(AlertState.RAISED, problem, now, alerts);
        }
    }

    private boolean isOver(ToldProblem one, Set<String> present, Instant now) {
        return !isSummary(one)
                && !present.contains(one.problem().id())
                && !one.seenAt().plus(limits.resolveAfter()).isAfter(now);
    }

    private void end(ToldProblem one, Instant now, List<Alert> alerts) {
        if (one.isSummarized()) {
            told.remove(one.problem().id());
        } else if (!isAtLimit()) {
            told.remove(one.problem().id());
            tell(AlertState.RESOLVED, one.problem(), now, alerts);
        }
    }

    private boolean isReminderDue(ToldProblem one, Instant now) {
        return !one.isSummarized() && !one.toldAt().plus(limits.reminder()).isAfter(now) && !isAtLimit();
    }

    /** Raises the summary once problems were held back, and resolves it once all of those are over. The limit does not count. */
    private void summarize(Instant now, List<Alert> alerts) {
        List<Problem> summarized = told.values().stream()
                .filter(ToldProblem::isSummarized)
                .map(ToldProblem::problem)
                .toList();
        ToldProblem before = told.get(SUMMARY.id());
        if (summarized.isEmpty()) {
            if (before != null) {
                told.remove(SUMMARY.id());
                tell(AlertState.RESOLVED, before.problem(), now, alerts);
            }
            return;
        }
        Problem summary = new Problem(
                AlertKind.MANY_ALERTS,
                "",
                what(summarized),
                before == null ? now : before.problem().since(),
                summarized.size());
        if (before == null) {
            told.put(summary.id(), new ToldProblem(summary, now, now, false));
            tell(AlertState.RAISED, summary, now, alerts);
        } else {
            told.put(summary.id(), before.seen(summary, now));
        }
    }

    private static String what(List<Problem> problems) {
        Map<String, List<String>> byKind = problems.stream()
                .collect(Collectors.groupingBy(
                        problem -> problem.kind().alert(),
                        TreeMap::new,
                        Collectors.mapping(Problem::subject, Collectors.toList())));
        return problems.size() + " more problems began: "
                + byKind.entrySet().stream()
                        .map(kind ->
                                kind.getKey() + " (" + kind.getValue().size() + ": " + subjects(kind.getValue()) + ")")
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static String subjects(List<String> subjects) {
        int most = 5;
        String first = subjects.stream().limit(most).collect(Collectors.joining(", "));
        return subjects.size() > most ? first + ", …" : first;
    }

    private void tell(AlertState state, Problem problem, Instant now, List<Alert> alerts) {
        toldLately.add(now);
        alerts.add(new Alert(state, problem, now));
    }

    private boolean isAtLimit() {
        return toldLately.size() >= limits.perMinute();
    }

    private static boolean isSummary(ToldProblem one) {
        return one.problem().kind() == AlertKind.MANY_ALERTS;
    }
}
