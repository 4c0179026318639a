package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TracedEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Tells what became of events: what those that are pending wait for, and why others are dead letters. */
@ApplicationScoped
public class AdminEvents {

    private final AdminSpools spools;
    private final AdminWaits waits;

    AdminEvents(AdminSpools spools, AdminWaits waits) {
        this.spools = spools;
        this.waits = waits;
    }

    void list(RoutingContext http) {
        Search search = AdminSearch.events(http);
        Spool spool = spools.of(http);
        List<TracedEvent> found = spool.history().find(search);
        ObjectNode page =
                AdminAnswer.page("events", search, found, trace -> withWait(http, trace, AdminJson.line(trace)));
        if (isFirstLookAtOne(search)) {
            ArrayNode letters = page.putArray("deadLetters");
            spool.deadLetters().find(search).forEach(letter -> letters.add(AdminJson.line(letter)));
        }
        AdminAnswer.send(http, page);
    }

    void one(RoutingContext http) {
        TracedEvent found = spools.of(http)
                .history()
                .get(AdminSpools.seq(http))
                .orElseThrow(() -> new AdminRefusal(
                        404, "seq: no event known, expected one that is pending or was settled within spool.history"));
        AdminAnswer.send(http, withWait(http, found, AdminJson.whole(found)));
    }

    private ObjectNode withWait(RoutingContext http, TracedEvent trace, ObjectNode json) {
        trace.waiting()
                .ifPresent(waiting -> json.put("waits", waits.why(AdminSpools.name(http), spools.of(http), waiting)));
        return json;
    }

    /** Whether it asks after one contact or event: then dead letters belong to the answer, which are kept far longer. */
    private static boolean isFirstLookAtOne(Search search) {
        Set<Search.Field> by = search.where().keySet();
        boolean isAboutOne = by.contains(Search.Field.CONTACT) || by.contains(Search.Field.MESSAGE_ID);
        return isAboutOne && !by.contains(Search.Field.OUTCOME) && search.before() == Long.MAX_VALUE;
    }
}
