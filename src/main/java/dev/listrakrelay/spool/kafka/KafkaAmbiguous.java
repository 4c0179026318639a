package dev.listrakrelay.spool.kafka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.AmbiguousEvent;
import dev.listrakrelay.spool.AmbiguousEvents;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.TracedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the events that their destination may have twice, as far as this process remembers their requests. What a
 * killed process had in flight is not known.
 */
final class KafkaAmbiguous implements AmbiguousEvents {

    private final KafkaHistory history;
    private final StepRing steps;

    KafkaAmbiguous(KafkaHistory history, StepRing steps) {
        this.history = history;
        this.steps = steps;
    }

    @Override
    public List<AmbiguousEvent> find(Search search) {
        Set<Long> seqs = steps.seqs(KafkaAmbiguous::isAmbiguous);
        List<AmbiguousEvent> found = new ArrayList<>();
        if (!seqs.isEmpty()) {
            history.skim(withoutTimeAndOutcome(search), traced -> {
                if (seqs.contains(traced.event().seq())) {
                    entry(traced)
                            .filter(entry -> search.finds(entry.event(), entry.sentAt(), entry.outcome()))
                            .ifPresent(found::add);
                }
                return found.size() < search.limit();
            });
        }
        return found;
    }

    private static Search withoutTimeAndOutcome(Search search) {
        Map<Search.Field, String> where = new HashMap<>(search.where());
        where.remove(Search.Field.OUTCOME);
        return new Search(where, Instant.EPOCH, Search.END, search.before(), search.limit());
    }

    @Override
    public Optional<AmbiguousEvent> get(long seq) {
        return history.get(seq).flatMap(this::entry);
    }

    @Override
    public long count() {
        return steps.seqs(KafkaAmbiguous::isAmbiguous).size();
    }

    private static boolean isAmbiguous(EventStep step) {
        return SentRequest.isRequest(step.outcome()) && step.reason().contains("\"ambiguous\":true");
    }

    /** Returns the entry of an event, from its first ambiguous request on; empty if it had none. */
    private Optional<AmbiguousEvent> entry(TracedEvent traced) {
        List<EventStep> sendings = steps.of(traced.event().seq()).stream()
                .dropWhile(step -> !isAmbiguous(step))
                .filter(step -> SentRequest.of(step)
                        .filter(KafkaAmbiguous::mayBeAccepted)
                        .isPresent())
                .toList();
        if (sendings.isEmpty()) {
            return Optional.empty();
        }
        EventStep first = sendings.get(0);
        ObjectNode request = SentRequest.of(first).orElseThrow();
        EventStep last = traced.steps().get(traced.steps().size() - 1);
        boolean isPending = traced.waiting().isPresent();
        return Optional.of(new AmbiguousEvent(
                traced.event().withRaw(new byte[0]),
                request.path("destination").asText(),
                request.path("answer").asText(),
                first.at(),
                sendings.size() == 1
                        ? Optional.empty()
                        : Optional.of(sendings.get(sendings.size() - 1).at()),
                sendings.size(),
                isPending ? AmbiguousEvent.PENDING : last.outcome(),
                isPending ? Optional.empty() : Optional.of(last.at())));
    }

    private static boolean mayBeAccepted(ObjectNode request) {
        return request.path("ambiguous").asBoolean() || request.path("status").asInt() / 100 == 2;
    }
}
