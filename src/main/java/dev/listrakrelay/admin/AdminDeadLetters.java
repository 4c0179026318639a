package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** Lists dead letters, and replays them. */
@ApplicationScoped
public class AdminDeadLetters implements AdminCalls {

    private static final Logger LOG = Logger.getLogger(AdminDeadLetters.class);
    private static final int MOST_IDS = 10_000;
    private static final String REPLAY = "an object with either ids or filter";

    private final AdminSpools spools;
    private final DeadLetterGroups groups;

    private final CanaryReplays canaries;

    AdminDeadLetters(AdminSpools spools, CanaryReplays canaries) {
        this.spools = spools;
        this.canaries = canaries;
        this.groups = new DeadLetterGroups(spools);
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/dead-letters").blockingHandler(this::list, false);
        routes.ask("/admin/dead-letters/search").blockingHandler(this::list, false);
        routes.get("/admin/dead-letters/groups").blockingHandler(groups::show, false);
        routes.get("/admin/dead-letters/:seq").blockingHandler(this::one, false);
        routes.change("/admin/dead-letters/replay").blockingHandler(this::replay, false);
    }

    void list(RoutingContext http) {
        AdminQuery query = AdminSearch.deadLetters(http);
        AdminPages.Page<DeadLetter> page =
                AdminPages.DEAD_LETTERS.page(spools.searched(query.spool()), spools.contacts(query.search()), query);
        AdminAnswer.send(http, AdminAnswer.page("deadLetters", page, found -> AdminJson.line(found.one())));
    }

    void one(RoutingContext http) {
        DeadLetter found = spools.of(http)
                .deadLetters()
                .get(AdminSpools.seq(http))
                .orElseThrow(() -> new AdminRefusal(404, "seq: unknown, expected a dead letter's"));
        AdminAnswer.send(http, AdminJson.whole(found));
    }

    /** Sends the answer once the request to replay is on disk. No thread waits for the disk. */
    void replay(RoutingContext http) {
        Context context = http.vertx().getOrCreateContext();
        Map<String, Spool> searched =
                spools.searched(Optional.ofNullable(http.queryParams().get("spool")));
        JsonNode body = AdminBody.json(http, REPLAY);
        if (body.has("canary") && body.has("filter") && body.size() == 2) {
            Search filter = AdminSearch.filter(body.get("filter"));
            Set<String> contacts = spools.contacts(filter);
            AdminAnswer.send(http, CanaryLetters.start(body.get("canary"), searched, filter, contacts, canaries));
            return;
        }
        replay(searched, body)
                .whenComplete((replayed, failure) -> context.runOnContext(nothing -> {
                    if (failure != null) {
                        http.fail(failure.getCause() == null ? failure : failure.getCause());
                    } else {
                        LOG.infof("dead letters: %d to be replayed", replayed);
                        ObjectNode answer = AdminJson.object().put("replayed", replayed);
                        AdminAnswer.send(http, answer.put("waiting", waiting(searched)));
                    }
                }));
    }

    private static long waiting(Map<String, Spool> searched) {
        return searched.values().stream()
                .mapToLong(spool -> spool.deadLetters().waitingForReplay())
                .sum();
    }

    private CompletableFuture<Integer> replay(Map<String, Spool> searched, JsonNode body) {
        if (!body.isObject() || body.size() != 1 || !body.has("ids") && !body.has("filter")) {
            throw AdminRefusal.of("body", REPLAY, "something else");
        }
        CompletableFuture<Integer> replayed = CompletableFuture.completedFuture(0);
        for (CompletionStage<Integer> some : body.has("ids")
                ? byIds(searched, ids(body.get("ids")))
                : byFilter(searched, AdminSearch.filter(body.get("filter")))) {
            replayed = replayed.thenCombine(some, Integer::sum);
        }
        return replayed;
    }

    private List<CompletionStage<Integer>> byFilter(Map<String, Spool> searched, Search filter) {
        Set<String> contacts = spools.contacts(filter);
        List<Search> searches = contacts.isEmpty()
                ? List.of(filter)
                : contacts.stream()
                        .map(contact -> filter.with(Search.Field.CONTACT, contact))
                        .toList();
        return searched.values().stream()
                .flatMap(spool ->
                        searches.stream().map(search -> spool.deadLetters().replay(search)))
                .toList();
    }

    private static List<CompletionStage<Integer>> byIds(Map<String, Spool> searched, List<Long> ids) {
        Map<String, List<Long>> bySpool = new TreeMap<>();
        for (int i = 0; i < ids.size(); i++) {
            long seq = ids.get(i);
            List<String> having = searched.entrySet().stream()
                    .filter(spool -> searched.size() == 1
                            || spool.getValue().deadLetters().get(seq).isPresent())
                    .map(Map.Entry::getKey)
                    .toList();
            if (having.size() > 1) {
                throw AdminRefusal.of(
                        "ids[" + i + "]",
                        "the parameter spool, because several spools have it",
                        String.join(", ", having));
            }
            having.forEach(name ->
                    bySpool.computeIfAbsent(name, one -> new ArrayList<>()).add(seq));
        }
        return bySpool.entrySet().stream()
                .map(spool -> searched.get(spool.getKey()).deadLetters().replay(spool.getValue()))
                .toList();
    }

    private static List<Long> ids(JsonNode ids) {
        if (!ids.isArray() || ids.size() > MOST_IDS) {
            throw AdminRefusal.of(
                    "ids", "an array of at most " + MOST_IDS, ids.isArray() ? ids.size() : "something else");
        }
        List<Long> seqs = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (!ids.get(i).canConvertToLong() || !ids.get(i).isIntegralNumber()) {
                throw AdminRefusal.of("ids[" + i + "]", "the seq of a dead letter", "something else");
            }
            seqs.add(ids.get(i).longValue());
        }
        return seqs;
    }
}
