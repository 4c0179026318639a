package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.TracedEvent;
import java.util.Map;
import java.util.TreeMap;

/** Counts the events of one name by what became of them. Their sum is the number of accepted events. */
final class BookLine {

    private final Map<String, Long> dropped = new TreeMap<>();
    private final Map<String, Long> dead = new TreeMap<>();
    private long accepted;
    private long delivered;
    private long forwarded;
    private long pending;
    private long unknown;

    void add(TracedEvent traced) {
        accepted++;
        EventStep last = traced.steps().get(traced.steps().size() - 1);
        if (traced.waiting().isPresent()) {
            pending++;
            return;
        }
        switch (last.outcome()) {
            case "delivered" -> delivered++;
            case "forwarded" -> forwarded++;
            case "dropped" -> dropped.merge(last.reason(), 1L, Long::sum);
            case "dead" -> dead.merge(last.reason(), 1L, Long::sum);
            default -> unknown++;
        }
    }

    long accepted() {
        return accepted;
    }

    /** Is shown a number of events with an outcome and its reason. */
    interface OutcomeReader {
        void of(String outcome, String reason, long events);
    }

    /** Shows what became of the events; outcomes without an event are left out. */
    void each(OutcomeReader reader) {
        OutcomeReader some = (outcome, reason, events) -> {
            if (events > 0) {
                reader.of(outcome, reason, events);
            }
        };
        some.of("delivered", "", delivered);
        some.of("forwarded", "", forwarded);
        dropped.forEach((reason, events) -> some.of("dropped", reason, events));
        dead.forEach((reason, events) -> some.of("dead", reason, events));
        some.of("pending", "", pending);
        some.of("unknown", "", unknown);
    }

    ObjectNode json(String spool, String name) {
        ObjectNode json = AdminJson.object()
                .put("spool", spool)
                .put("name", name)
                .put("accepted", accepted)
                .put("delivered", delivered)
                .put("forwarded", forwarded);
        dropped.forEach(json.putObject("dropped")::put);
        dead.forEach(json.putObject("dead")::put);
        return json.put("pending", pending).put("unknown", unknown);
    }
}
