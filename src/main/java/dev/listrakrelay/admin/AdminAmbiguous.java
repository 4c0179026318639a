package dev.listrakrelay.admin;

import dev.listrakrelay.spool.Spool;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;

/** Shows the events that their destination may have twice: a page of them, or all of them as CSV or NDJSON. */
@ApplicationScoped
public class AdminAmbiguous implements AdminCalls {

    private final AdminSpools spools;
    private final AnsweringProcess process;

    AdminAmbiguous(AdminSpools spools, AnsweringProcess process) {
        this.spools = spools;
        this.process = process;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/ambiguous").blockingHandler(this::list, false);
        routes.ask("/admin/ambiguous/search").blockingHandler(this::list, false);
    }

    private void list(RoutingContext http) {
        Map<String, String> parameters = AdminParameters.of(http);
        String format = parameters.getOrDefault("format", "json");
        parameters.remove("format");
        AdminQuery query = AdminSearch.ambiguous(parameters);
        Map<String, Spool> searched = spools.searched(query.spool());
        Set<String> contacts = spools.contacts(query.search());
        if (format.equals("json")) {
            AdminAnswer.send(
                    http,
                    process.sign(AdminAnswer.page(
                            "ambiguous",
                            AdminPages.AMBIGUOUS.page(searched, contacts, query),
                            found -> AdminJson.line(found.one()))));
        } else if (format.matches("csv|ndjson")) {
            if (parameters.containsKey("limit") || parameters.containsKey("before")) {
                throw new AdminRefusal(400, "format: " + format + " has all entries, expected no limit and no before");
            }
            AmbiguousExport export = new AmbiguousExport(http, format.equals("csv"));
            searched.forEach((name, spool) -> export.add(name, spool.ambiguous(), query.search(), contacts));
            export.end();
        } else {
            throw AdminRefusal.of("format", "json, csv or ndjson", format);
        }
    }
}
