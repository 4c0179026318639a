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
import java.util.Collections;
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
    private final Journeys journeys;
    private final AdminConfig config;

    AdminEvents(AdminSpools spools, PendingReason waits, AdminMapping mapping, Journeys journeys, AdminConfig config) {
        this.journeys = journeys;
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
        AdminPages.Page<TracedEvent> found = query.order()
                .map(value -> AdminPages.events(FindField.of(config.findField()), value))
                .orElse(AdminPages.EVENTS)
                .page(searched, contacts, query);
        List<DeliveredEvent> delivered = deliveredTo(contacts, found);
        ObjectNode page = AdminAnswer.page("events", found, line -> {
            ObjectNode json = AdminJson.line(line.one());
            addFollowed(json, line.spool(), line.one().event(), delivered);
            return withWait(line.spool(), searched.get(line.spool()), line.one(), json);
        });
        if (query.isFirstPageAboutOne()) {
            AdminPages.Page<DeadLetter> dead = AdminPages.DEAD_LETTERS.page(searched, contacts, query);
            page.set("deadLetters", AdminAnswer.lines(dead, letter -> AdminJson.line(letter.one())));
        }
        AdminAnswer.send(http, page);
    }

    /** Returns the delivered events that webhooks of a page may follow; only for a search for a contact. */
    private List<DeliveredEvent> deliveredTo(Set<String> contacts, AdminPages.Page<TracedEvent> page) {
        List<Instant> webhooks = page.found().stream()
                .filter(found -> Journeys.isWebhook(found.spool()))
                .map(found -> found.one().event().receivedAt())
                .toList();
        return contacts.isEmpty() || webhooks.isEmpty()
                ? List.of()
                : journeys.delivered(
                        contacts, Instant.EPOCH, Collections.max(webhooks).plusMillis(1));
    }

    private void addFollowed(ObjectNode json, String spool, Event event, List<DeliveredEvent> delivered) {
        if (Journeys.isWebhook(spool)) {
            journeys.follows(spool, event, delivered).ifPresent(followed -> json.set("follows", followed));
        }
    }

    /** Adds to a webhook the event that it follows, and to a delivered event the webhooks that follow it. */
    private void addJourney(ObjectNode whole, String spool, TracedEvent found, EventStep last) {
        Event event = found.event();
        if (Journeys.isWebhook(spool)) {
            Instant end = event.receivedAt().plusMillis(1);
            addFollowed(whole, spool, event, journeys.delivered(Set.of(event.contact()), Instant.EPOCH, end));
        } else if (last.outcome().equals(Journeys.DELIVERED)) {
            whole.set("followedBy", journeys.followedBy(spool, found));
        }
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
        addJourney(whole, AdminSpools.name(http), found, last);
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
