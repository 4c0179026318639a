package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.TracedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Replays a few events, waits until each has an outcome, and replays the others only if most of these ended better than
 * before.
 *
 * <p>It is in memory alone: a restart ends it. What it replayed by then is on disk and goes on.
 */
final class CanaryReplay {

    private static final int AT_ONCE = 10_000;
    private static final String DEAD = "dead";

    private final String spoolName;
    private final String outcome;
    private final String what;
    private final Spool spool;
    private final List<Event> first;
    private final List<Long> rest;
    private final Function<List<Long>, CompletionStage<Integer>> replay;
    private final Map<Long, EventStep> ended = new LinkedHashMap<>();
    private long replayed;
    private int asked;
    private State state = State.FIRST;
    private String told = "";

    /** How far it is. */
    enum State {
        FIRST,
        REST,
        DONE,
        STOPPED
    }

    /**
     * @param outcome what became of the events: dead or dropped
     * @param what the reason or the filter, for the operator
     * @param most how many events to begin with
     * @param all the seqs of all events, oldest first
     * @param find finds an event by its seq
     * @param replay marks events to be replayed, and passes over those that are no more what they were
     */
    CanaryReplay(
            String spoolName,
            String outcome,
            String what,
            Spool spool,
            int most,
            List<Long> all,
            LongFunction<Optional<Event>> find,
            Function<Collection<Long>, CompletionStage<Integer>> replay) {
        this.spoolName = spoolName;
        this.outcome = outcome;
        this.what = what;
        this.spool = spool;
        int tried = Math.min(most, all.size());
        this.first = all.subList(0, tried).stream()
                .flatMap(seq -> find.apply(seq).stream())
                .map(event -> event.withRaw(new byte[0]))
                .toList();
        this.rest = List.copyOf(all.subList(tried, all.size()));
        this.replay = replay::apply;
    }

    /** Replays the first events. */
    synchronized void begin() {
        replayed = SpoolUnavailable.await(
                replay.apply(first.stream().map(Event::seq).toList()));
    }

    /** Goes on if it can. Returns whether there is more to do. */
    synchronized boolean goOn() {
        if (state == State.FIRST) {
            look();
        }
        if (state == State.REST) {
            replayRest();
        }
        return state == State.FIRST || state == State.REST;
    }

    /** Looks as far as the first event that has no outcome yet, because each look reads the history. */
    private void look() {
        for (Event event : first) {
            if (!ended.containsKey(event.seq())) {
                Optional<EventStep> end = end(event);
                if (end.isEmpty()) {
                    return;
                }
                ended.put(event.seq(), end.get());
            }
        }
        decide();
    }

    /** Goes on where it was if the spool could not be written. */
    private void replayRest() {
        while (asked < rest.size()) {
            int to = Math.min(rest.size(), asked + AT_ONCE);
            replayed += SpoolUnavailable.await(replay.apply(rest.subList(asked, to)));
            asked = to;
        }
        if (spool.deadLetters().waitingForReplay() == 0) {
            state = State.DONE;
        }
    }

    /** The last step of the newest entry of a replayed event; empty while it is pending, or is not replayed yet. */
    private Optional<EventStep> end(Event event) {
        Search search = new Search(
                Map.of(Search.Field.MESSAGE_ID, event.messageId()),
                event.receivedAt(),
                event.receivedAt().plusMillis(1),
                Long.MAX_VALUE,
                1);
        List<TracedEvent> newest = spool.history().find(search);
        return newest.stream()
                .filter(traced -> traced.event().seq() > event.seq())
                .filter(traced -> traced.waiting().isEmpty())
                .map(traced -> traced.steps().get(0))
                .findFirst();
    }

    private void decide() {
        long bad = ended.values().stream().filter(this::isNoBetter).count();
        if (2 * bad >= first.size()) {
            state = State.STOPPED;
            told = "%d of the first %d ended no better than before (%s), so the other %d were not replayed"
                    .formatted(bad, first.size(), endings(), rest.size());
            return;
        }
        state = State.REST;
        told = "%d of the first %d ended well (%s), so the other %d are replayed"
                .formatted(first.size() - bad, first.size(), endings(), rest.size());
    }

    /** A dead letter that is dropped now is what an operator may have wanted. */
    private boolean isNoBetter(EventStep step) {
        return step.outcome().equals(DEAD) || step.outcome().equals(outcome);
    }

    private String endings() {
        Map<String, Integer> counts = new HashMap<>();
        ended.values().forEach(step -> counts.merge(words(step), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((ending, events) -> words.add(events + " " + ending));
        return String.join(", ", words.stream().sorted().toList());
    }

    private static String words(EventStep step) {
        return step.outcome() + (step.reason().isEmpty() ? "" : " " + step.reason());
    }

    /** Replays nothing more. The first events, and what waits for its turn, go on. */
    synchronized void stop() {
        if (state == State.FIRST) {
            state = State.STOPPED;
            told = "an operator stopped it, so the other %d were not replayed".formatted(rest.size());
        }
    }

    synchronized ObjectNode json() {
        ObjectNode json = AdminJson.object()
                .put("spool", spoolName)
                .put("outcome", outcome)
                .put("what", what)
                .put("state", state.name().toLowerCase(Locale.ROOT))
                .put("all", first.size() + rest.size())
                .put("replayed", replayed);
        ObjectNode trial = json.putObject("first").put("events", first.size()).put("settled", ended.size());
        Map<String, Integer> counts = new TreeMap<>();
        ended.values().forEach(step -> counts.merge(words(step), 1, Integer::sum));
        counts.forEach(trial.putObject("endings")::put);
        return told.isEmpty() ? json : json.put("why", told);
    }

    synchronized String told() {
        return told;
    }
}
