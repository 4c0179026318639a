package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TracedEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Shows events with their outcomes: the cause of a wait for pending events, and the steps of the others. */
@ApplicationScoped
public class AdminEvents implements AdminCalls {

    private static final String FORWARDED = "forwarded";

    private final AdminSpools spools;
    private final PendingReason waits;
    private final AdminMapping mapping;
    private final AdminConfig config;

    AdminEvents(AdminSpools spools, PendingReason waits, AdminMapping mapping, AdminConfig config) {
        this.mapping = mapping;
        this.config = config;
        this.spools = spools;
        this.waits = waits;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/events").blockingHandler(this::list, false);
        routes.ask("/admin/events/search").blockingHandler(this::list, false);
        routes.get("/admin/events/:seq").blockingHandler(this::one, false);
    }

    void list(RoutingContext http) {
        AdminQuery query = AdminSearch.events(http);
        Map<String, Spool> searched = spools.searched(query.spool());
        Set<String> contacts = spools.contacts(query.search());
        ObjectNode page = AdminAnswer.page(
                "events",
                query.order()
                        .map(value -> AdminPages.events(FindField.of(config.findField()), value))
                        .orElse(AdminPages.EVENTS)
                        .page(searched, contacts, query),
                found ->
                        withWait(found.spool(), searched.get(found.spool()), found.one(), AdminJson.line(found.one())));
        if (query.isFirstPageAboutOne()) {
            AdminPages.Page<DeadLetter> dead = AdminPages.DEAD_LETTERS.page(searched, contacts, query);
            page.set("deadLetters", AdminAnswer.lines(dead, found -> AdminJson.line(found.one())));
        }
        AdminAnswer.send(http, page);
    }

    void one(RoutingContext http) {
        TracedEvent found = spools.of(http)
                .history()
                .get(AdminSpools.seq(http))
                .orElseThrow(() -> new AdminRefusal(
                        404, "seq: unknown, expected an event that is pending or was settled within spool.history"));
        ObjectNode whole = withWait(AdminSpools.name(http), spools.of(http), found, AdminJson.whole(found));
        EventStep last = found.steps().get(found.steps().size() - 1);
        addSent(whole, found, last, spools.of(http));
        spools.of(http)
                .ambiguous()
                .get(found.event().seq())
                .ifPresent(entry -> whole.set("ambiguous", AdminJson.twice(entry)));
        if (last.outcome().equals(FORWARDED)) {
            whole.set(
                    "forwarded", forwarded(found.event(), List.of(last.reason().split(" "))));
        }
        AdminAnswer.send(http, whole);
    }

    /** Adds what was or would be sent of the event, and the time from its acceptance to its outcome. */
    private void addSent(ObjectNode whole, TracedEvent found, EventStep last, Spool spool) {
        Event event = found.event();
        Optional<Instant> settled = found.waiting().isPresent() ? Optional.empty() : Optional.of(last.at());
        if (Event.TYPES.contains(event.type())) {
            Optional<Instant> mapped = settled.map(at -> found.steps().stream()
                    .filter(step -> SentRequest.isRequest(step.outcome()))
                    .map(EventStep::at)
                    .reduce((earlier, later) -> later)
                    .orElse(at));
            whole.set("sent", mapping.sent(event, spool, mapped));
        }
        settled.ifPresent(at -> whole.putObject("delivery")
                .put("millis", Duration.between(event.pendingSince(), at).toMillis()));
    }

    /** Returns the event's entries in the spools of the accounts that it was forwarded to. */
    private ArrayNode forwarded(Event event, List<String> names) {
        Map<String, Spool> accounts = spools.all();
        accounts.keySet().retainAll(names);
        Search search = new Search(
                Map.of(Search.Field.MESSAGE_ID, event.messageId()), Instant.EPOCH, Search.END, Long.MAX_VALUE, 10);
        AdminQuery query = new AdminQuery(search, Optional.empty(), Map.of());
        return AdminAnswer.lines(
                AdminPages.EVENTS.page(accounts, Set.of(), query),
                found ->
                        withWait(found.spool(), accounts.get(found.spool()), found.one(), AdminJson.line(found.one())));
    }

    private ObjectNode withWait(String name, Spool spool, TracedEvent trace, ObjectNode json) {
        trace.waiting().ifPresent(waiting -> json.put("waits", waits.why(name, spool, waiting)));
        return json;
    }
}
