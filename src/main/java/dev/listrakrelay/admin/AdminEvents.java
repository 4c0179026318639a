package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.TracedEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tells what became of events. */
@ApplicationScoped
public class AdminEvents {

    private final AdminSpools spools;

    AdminEvents(AdminSpools spools) {
        this.spools = spools;
    }

    void list(RoutingContext http) {
        Search search = AdminSearch.events(http);
        List<TracedEvent> found = spools.of(http).history().find(search);
        ObjectNode page = AdminJson.object();
        ArrayNode events = page.putArray("events");
        found.forEach(trace -> events.add(AdminJson.line(trace)));
        if (found.size() == search.limit()) {
            page.put("next", found.get(found.size() - 1).event().seq());
        }
        AdminAnswer.send(http, page);
    }

    void one(RoutingContext http) {
        TracedEvent found = spools.of(http)
                .history()
                .get(AdminSpools.seq(http))
                .orElseThrow(() -> new AdminRefusal(
                        404, "seq: no event known, expected one that is pending or was settled within spool.history"));
        AdminAnswer.send(http, AdminJson.whole(found));
    }
}
