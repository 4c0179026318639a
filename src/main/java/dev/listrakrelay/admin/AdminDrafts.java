package dev.listrakrelay.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.listrak.Accounts;
import dev.listrakrelay.listrak.Contracts;
import dev.listrakrelay.mapping.CurrentMapping;
import dev.listrakrelay.mapping.JsonTree;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.spool.Spool;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Tries a draft of the mapping with its cases, with an event, and with the latest events. It sends, learns, counts and writes
 * nothing.
 */
@ApplicationScoped
public class AdminDrafts implements AdminCalls {

    private static final String DRAFT = "an object with mapping (a string) and, as needed, cases, event, events, hours";
    private static final Set<String> KEYS =
            Set.of("mapping", "cases", "event", "events", "old", "hours", "since", "before");
    private static final int MOST_EVENTS = 10_000;
    private static final int MOST_HOURS = 10_000;
    private static final int AT_A_TIME = 2;
    private static final JsonFactory JSON = new JsonFactory();

    private final AdminMapping mappings;
    private final CurrentMapping current;
    private final Accounts accounts;
    private final Contracts contracts;
    private final AdminSpools spools;
    private final AnsweringProcess process;
    private final Clock clock;
    private final CallTurns turns = new CallTurns(
            AT_A_TIME,
            "mapping: expected at most " + AT_A_TIME + " drafts at a time, found more; try again in a second");

    AdminDrafts(
            AdminMapping mappings,
            CurrentMapping current,
            Accounts accounts,
            Contracts contracts,
            AdminSpools spools,
            AnsweringProcess process,
            Clock clock) {
        this.process = process;
        this.mappings = mappings;
        this.current = current;
        this.accounts = accounts;
        this.contracts = contracts;
        this.spools = spools;
        this.clock = clock;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.ask("/admin/mapping/try").blockingHandler(this::tryIt, false);
    }

    private void tryIt(RoutingContext http) {
        turns.run(http, () -> AdminAnswer.send(http, answer(http, body(http))));
    }

    private ObjectNode answer(RoutingContext http, JsonNode body) {
        long events = body.has("events")
                ? AdminSearch.number("events", body.get("events").asText(), 0, MOST_EVENTS)
                : 0;
        MappingDraft draft = new MappingDraft(
                text(body, "mapping").orElseThrow(() -> AdminRefusal.of("body", DRAFT, "no mapping")),
                text(body, "cases"),
                accounts.requestFormats().keySet());
        Mapping old = text(body, "old")
                .map(yaml -> draft.other("old", yaml, accounts.requestFormats().keySet()))
                .orElse(current.get());
        ObjectNode answer = AdminJson.object();
        answer.set("mistakes", draft.mistakes());
        if (!draft.mistakes().isEmpty()) {
            return answer;
        }
        draft.mapping().warnings().forEach(answer.putArray("warnings")::add);
        Spool spool = spools.searched(Optional.of(AdminSpools.EVENTS)).get(AdminSpools.EVENTS);
        if (body.path("event").isObject()) {
            byte[] event = JsonTree.text(body.get("event")).getBytes(StandardCharsets.UTF_8);
            answer.set(
                    "explanation",
                    mappings.explainer(draft.mapping(), "draft", spool).explain(event, clock.instant()));
        }
        if (text(body, "cases").isPresent()) {
            answer.set("cases", draft.results());
        }
        DraftChanges changes = new DraftChanges(old, draft.mapping(), contracts::preview, AdminRights.isMasked(http));
        if (body.has("hours")) {
            answer.set("changes", process.sign(changesOfHours(http, body, changes, spool)));
        } else if (events > 0) {
            answer.set("changes", process.sign(changes.of(AdminSpools.EVENTS, spool.history(), (int) events)));
        }
        return answer;
    }

    /** Maps some of the events of the last hours both ways. The first part also says what of these hours is kept. */
    private ObjectNode changesOfHours(RoutingContext http, JsonNode body, DraftChanges changes, Spool spool) {
        long hours = AdminSearch.number("hours", body.get("hours").asText(), 0, MOST_HOURS);
        Instant now = clock.instant();
        Instant from = text(body, "since").map(AdminDrafts::time).orElse(now.minus(Duration.ofHours(hours)));
        long before = AdminSearch.number(
                "before", body.has("before") ? body.get("before").asText() : null, Long.MAX_VALUE, Long.MAX_VALUE);
        ObjectNode json = changes.of(
                AdminSpools.EVENTS,
                spool.history(),
                MOST_EVENTS,
                new DraftChanges.Range(from, before),
                () -> http.response().closed());
        json.put("since", from.toString());
        if (!body.has("before")) {
            KeptEvents kept = new KeptEvents(spool, from, now, now).each(event -> {});
            json.set("kept", kept.json().put("events", kept.kept()));
        }
        return json;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw AdminRefusal.of("since", "a time such as 2026-06-06T12:34:56Z", text);
        }
    }

    /** Reads the body. Numbers keep all their digits, because the body may have an event. */
    private static JsonNode body(RoutingContext http) {
        try (JsonParser in = JSON.createParser(AdminBody.bytes(http))) {
            JsonNode body = in.nextToken() == null ? AdminJson.object() : JsonTree.value(in);
            if (!body.isObject()) {
                throw AdminRefusal.of("body", DRAFT, "something else");
            }
            body.fieldNames().forEachRemaining(key -> {
                if (!KEYS.contains(key)) {
                    throw AdminRefusal.of(
                            "body", "the keys mapping, cases, event, events, old, hours, since, before", key);
                }
            });
            return body;
        } catch (IOException notJson) {
            throw AdminRefusal.of("body", DRAFT, "no JSON");
        }
    }

    private static Optional<String> text(JsonNode body, String key) {
        JsonNode text = body.path(key);
        if (!text.isTextual() && !text.isMissingNode() && !text.isNull()) {
            throw AdminRefusal.of(key, "a string", "something else");
        }
        return Optional.ofNullable(text.textValue());
    }
}
