package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.DeadLetters;
import dev.listrakrelay.spool.Search;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** Shows dead letters, and replays them. */
@ApplicationScoped
public class AdminDeadLetters {

    private static final Logger LOG = Logger.getLogger(AdminDeadLetters.class);
    private static final int MOST_IDS = 10_000;
    private static final String REPLAY = "an object with either ids or filter";

    private final AdminSpools spools;

    AdminDeadLetters(AdminSpools spools) {
        this.spools = spools;
    }

    void list(RoutingContext http) {
        Search search = AdminSearch.deadLetters(http);
        List<DeadLetter> found = spools.of(http).deadLetters().find(search);
        AdminAnswer.send(http, AdminAnswer.page("deadLetters", search, found, AdminJson::line));
    }

    void one(RoutingContext http) {
        DeadLetter found = spools.of(http)
                .deadLetters()
                .get(AdminSpools.seq(http))
                .orElseThrow(() -> new AdminRefusal(404, "seq: no such dead letter"));
        AdminAnswer.send(http, AdminJson.whole(found));
    }

    /** Answers when it is on disk that they are to be replayed; no thread waits for it. */
    void replay(RoutingContext http) {
        Context context = http.vertx().getOrCreateContext();
        DeadLetters letters = spools.of(http).deadLetters();
        replay(letters, AdminBody.json(http, REPLAY))
                .whenComplete((replayed, failure) -> context.runOnContext(nothing -> {
                    if (failure != null) {
                        http.fail(failure.getCause() == null ? failure : failure.getCause());
                    } else {
                        LOG.infof("dead letters: %d to be replayed", replayed);
                        ObjectNode answer = AdminJson.object().put("replayed", replayed);
                        AdminAnswer.send(http, answer.put("waiting", letters.waitingForReplay()));
                    }
                }));
    }

    private static CompletionStage<Integer> replay(DeadLetters letters, JsonNode body) {
        if (!body.isObject() || body.size() != 1 || !body.has("ids") && !body.has("filter")) {
            throw AdminRefusal.of("body", REPLAY, "another");
        }
        return body.has("ids")
                ? letters.replay(ids(body.get("ids")))
                : letters.replay(AdminSearch.filter(body.get("filter")));
    }

    private static List<Long> ids(JsonNode ids) {
        if (!ids.isArray() || ids.size() > MOST_IDS) {
            throw AdminRefusal.of("ids", "an array of at most " + MOST_IDS, ids.isArray() ? ids.size() : "another");
        }
        List<Long> seqs = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (!ids.get(i).canConvertToLong() || !ids.get(i).isIntegralNumber()) {
                throw AdminRefusal.of("ids[" + i + "]", "the seq of a dead letter", "another");
            }
            seqs.add(ids.get(i).longValue());
        }
        return seqs;
    }
}
