package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.DeadLetters;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.TracedEvent;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** Replays dropped events of a reason, an event name and a time; or counts them beforehand. */
final class DroppedReplay {

    private static final Logger LOG = Logger.getLogger(DroppedReplay.class);
    private static final String BODY =
            "an object with reason, and name, from, to, dryRun or canary where they are wanted";
    private static final Set<String> KEYS = Set.of("reason", "name", "from", "to", "dryRun", "canary");
    private static final String FORGOTTEN = "forgotten";

    private final AdminSpools spools;
    private final CanaryReplays canaries;

    DroppedReplay(AdminSpools spools, CanaryReplays canaries) {
        this.spools = spools;
        this.canaries = canaries;
    }

    void replay(RoutingContext http) {
        JsonNode body = AdminBody.json(http, BODY);
        check(body);
        String reason = body.path("reason").textValue();
        Search search = search(body);
        List<Map.Entry<String, DroppedEvents>> found = new ArrayList<>();
        spools.searched(Optional.ofNullable(http.queryParams().get("spool")))
                .forEach((name, spool) -> found.add(Map.entry(name, DroppedEvents.find(spool, reason, search))));
        if (body.path("dryRun").asBoolean()) {
            AdminAnswer.send(http, counts(found).put("replayed", 0));
        } else if (body.has("canary")) {
            AdminAnswer.send(http, counts(found).setAll(canary(body, found, reason)));
        } else {
            replay(http, found, reason);
        }
    }

    private static void check(JsonNode body) {
        if (!body.isObject()) {
            throw AdminRefusal.of("body", BODY, "another");
        }
        body.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw AdminRefusal.of("body", BODY, key);
            }
        });
        if (!body.path("reason").isTextual() || body.path("reason").textValue().equals(FORGOTTEN)) {
            throw AdminRefusal.of("reason", "why the events were dropped, such as no_rule", "another");
        }
        if (body.has("dryRun") && !body.path("dryRun").isBoolean()) {
            throw AdminRefusal.of("dryRun", "true or false", "another");
        }
    }

    /** Reads name, from and to, as a search for events does. */
    private static Search search(JsonNode body) {
        Map<String, String> query = new HashMap<>();
        for (String key : List.of("name", "from", "to")) {
            if (body.has(key)) {
                if (!body.get(key).isTextual()) {
                    throw AdminRefusal.of(key, "a text", "another");
                }
                query.put(key, body.get(key).textValue());
            }
        }
        return AdminSearch.of(query);
    }

    private static ObjectNode counts(List<Map.Entry<String, DroppedEvents>> found) {
        ObjectNode json = AdminJson.object()
                .put(
                        "count",
                        found.stream().mapToLong(of -> of.getValue().count()).sum())
                .put(
                        "notKept",
                        found.stream().mapToLong(of -> of.getValue().notKept()).sum())
                .put("waiting", waiting(found));
        ArrayNode bySpool = json.putArray("spools");
        found.forEach(of -> bySpool.add(of.getValue().json(of.getKey())));
        return json;
    }

    private static long waiting(List<Map.Entry<String, DroppedEvents>> found) {
        return found.stream()
                .mapToLong(of -> of.getValue().spool().deadLetters().waitingForReplay())
                .sum();
    }

    private ObjectNode canary(JsonNode body, List<Map.Entry<String, DroppedEvents>> found, String reason) {
        List<Map.Entry<String, DroppedEvents>> some =
                found.stream().filter(of -> of.getValue().count() > 0).toList();
        if (some.size() > 1) {
            throw AdminRefusal.of(
                    "spool",
                    "one, for a replay with canary",
                    String.join(", ", some.stream().map(Map.Entry::getKey).toList()));
        }
        if (some.isEmpty()) {
            return AdminJson.object().put("replayed", 0);
        }
        DroppedEvents events = some.get(0).getValue();
        int first = CanaryReplays.first(body.get("canary"));
        CanaryReplay canary = new CanaryReplay(
                some.get(0).getKey(),
                "dropped",
                reason,
                events.spool(),
                first,
                events.seqs(),
                seq -> events.spool().history().get(seq).map(TracedEvent::event),
                events.spool().deadLetters()::replayDropped);
        return canaries.start(canary);
    }

    /** Sends the answer once the request to replay is on disk. No thread waits for the disk. */
    private static void replay(RoutingContext http, List<Map.Entry<String, DroppedEvents>> found, String reason) {
        Context context = http.vertx().getOrCreateContext();
        CompletableFuture<Integer> replayed = CompletableFuture.completedFuture(0);
        for (Map.Entry<String, DroppedEvents> of : found) {
            DeadLetters letters = of.getValue().spool().deadLetters();
            if (of.getValue().count() > 0) {
                replayed =
                        replayed.thenCombine(letters.replayDropped(of.getValue().seqs()), Integer::sum);
            }
        }
        ObjectNode answer = counts(found);
        replayed.whenComplete((events, failure) -> context.runOnContext(nothing -> {
            if (failure != null) {
                http.fail(refusal(failure.getCause() == null ? failure : failure.getCause()));
            } else {
                LOG.infof("dropped events: %d of the reason %s to be replayed", events, reason);
                AdminAnswer.send(http, answer.put("replayed", events).put("waiting", waiting(found)));
            }
        }));
    }

    /** What a caller is told of a replay that can't be done. */
    static Throwable refusal(Throwable failure) {
        return failure instanceof UnsupportedOperationException ? new AdminRefusal(400, failure.getMessage()) : failure;
    }
}
