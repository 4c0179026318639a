package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.SpoolUnavailable;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs replays that begin with a few events, shows how far they are, and stops them on request. */
@ApplicationScoped
public class CanaryReplays implements AdminCalls {

    private static final Logger LOG = Logger.getLogger(CanaryReplays.class);
    private static final int MOST_FIRST = 100;
    private static final int MOST_KEPT = 20;
    private static final long LOOK_EVERY_MILLIS = 500;

    private final AnsweringProcess process;
    private final Map<Integer, CanaryReplay> known = new LinkedHashMap<>();
    private ScheduledExecutorService thread;
    private int last;

    CanaryReplays(AnsweringProcess process) {
        this.process = process;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/replays").blockingHandler(this::show, false);
        routes.change("/admin/replays/:id/stop").blockingHandler(this::stop, false);
    }

    /** The number of events to begin with. */
    static int first(JsonNode number) {
        return (int) AdminSearch.number("canary", number.asText(), 0, MOST_FIRST);
    }

    /** Begins a replay. Returns how many events it replayed, and its state. */
    ObjectNode start(CanaryReplay replay) {
        if (process.engine().equals("kafka")) {
            throw new AdminRefusal(
                    400,
                    "canary: not with spool.engine=kafka, because another process may know what became of the first");
        }
        try {
            replay.begin();
        } catch (CompletionException e) {
            throw DroppedReplay.refusal(e.getCause()) instanceof AdminRefusal refusal ? refusal : e;
        }
        int id = keep(replay);
        return AdminJson.object()
                .put("replayed", replay.json().path("replayed").asLong())
                .set("canary", json(id, replay));
    }

    private synchronized int keep(CanaryReplay replay) {
        if (thread == null) {
            thread = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread one = new Thread(work, "canary-replays");
                one.setDaemon(true);
                return one;
            });
        }
        known.put(++last, replay);
        if (known.size() > MOST_KEPT) {
            known.remove(known.keySet().iterator().next());
        }
        lookLater(replay);
        return last;
    }

    private void lookLater(CanaryReplay replay) {
        thread.schedule(() -> look(replay), LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look(CanaryReplay replay) {
        boolean isMore = true;
        String before = replay.told();
        try {
            isMore = replay.goOn();
        } catch (SpoolUnavailable notNow) {
            LOG.debugf("replay: %s", notNow.getMessage());
        }
        if (!replay.told().equals(before)) {
            LOG.infof("replay: %s", replay.told());
        }
        if (isMore && !thread.isShutdown()) {
            lookLater(replay);
        }
    }

    private static ObjectNode json(int id, CanaryReplay replay) {
        return AdminJson.object().put("id", id).setAll(replay.json());
    }

    private void show(RoutingContext http) {
        ObjectNode answer = AdminJson.object();
        ArrayNode replays = answer.putArray("replays");
        all().forEach((id, replay) -> replays.add(json(id, replay)));
        AdminAnswer.send(http, process.sign(answer));
    }

    private synchronized Map<Integer, CanaryReplay> all() {
        return new LinkedHashMap<>(known);
    }

    private void stop(RoutingContext http) {
        int id = (int) AdminSearch.number("id", http.pathParam("id"), 0, Integer.MAX_VALUE);
        CanaryReplay replay = all().get(id);
        if (replay == null) {
            throw new AdminRefusal(404, "id: no such replay, expected one of GET /admin/replays");
        }
        replay.stop();
        AdminAnswer.send(http, json(id, replay));
    }

    @PreDestroy
    synchronized void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
