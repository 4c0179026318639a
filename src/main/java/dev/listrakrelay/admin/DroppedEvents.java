package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TracedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds the dropped events of a spool that a replay is about, oldest first, and says which are not kept any more. */
final class DroppedEvents {

    private final Spool spool;
    private final String reason;
    private final List<Long> found = new ArrayList<>();
    private Instant oldest = Instant.MAX;
    private Instant newest = Instant.MIN;
    private long keptOfReason;
    private Instant keptSince = Instant.MAX;

    private DroppedEvents(Spool spool, String reason) {
        this.spool = spool;
        this.reason = reason;
    }

    /**
     * @param reason why they were dropped
     * @param search the name and the time of the events
     */
    static DroppedEvents find(Spool spool, String reason, Search search) {
        DroppedEvents dropped = new DroppedEvents(spool, reason);
        spool.history().skim(Search.ALL, traced -> dropped.look(traced, search));
        Collections.reverse(dropped.found);
        return dropped;
    }

    private boolean look(TracedEvent traced, Search search) {
        EventStep last = traced.steps().get(traced.steps().size() - 1);
        if (traced.event().pendingSince().isBefore(keptSince)) {
            keptSince = traced.event().pendingSince();
        }
        if (last.outcome().equals("dropped") && last.reason().equals(reason)) {
            keptOfReason++;
            if (search.finds(traced.event(), last.outcome())) {
                found.add(traced.event().seq());
                Instant at = traced.event().receivedAt();
                oldest = at.isBefore(oldest) ? at : oldest;
                newest = at.isAfter(newest) ? at : newest;
            }
        }
        return true;
    }

    Spool spool() {
        return spool;
    }

    int count() {
        return found.size();
    }

    List<Long> seqs() {
        return found;
    }

    /** The number of events dropped for that reason, of any name and time, that are not kept any more. */
    long notKept() {
        long dropped = spool.tally().getOrDefault(new Spool.Outcome("dropped", reason), 0L);
        return Math.max(0, dropped - keptOfReason);
    }

    ObjectNode json(String name) {
        ObjectNode json = AdminJson.object().put("spool", name).put("count", count());
        if (count() > 0) {
            json.put("oldest", oldest.toString()).put("newest", newest.toString());
        }
        json.put("notKept", notKept());
        return keptSince.equals(Instant.MAX) ? json : json.put("keptSince", keptSince.toString());
    }
}
