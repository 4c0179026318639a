package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.TracedEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tells what became of events, and of those that are pending, what they wait for. */
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
        List<TracedEvent> found = spools.of(http).history().find(search);
        AdminAnswer.page(http, "events", search, found, trace -> withWait(http, trace, AdminJson.line(trace)));
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
}
