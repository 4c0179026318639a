package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.delivery.Destination;
import dev.listrakrelay.delivery.Destinations;
import dev.listrakrelay.spool.LaneState;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.webhook.WebhookConfig;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import org.jboss.logging.Logger;

/** Shows the state of destinations, mapping and spools, and resumes a parked destination on request. */
@ApplicationScoped
public class AdminStatus implements AdminCalls {

    private static final Logger LOG = Logger.getLogger(AdminStatus.class);

    private final AdminSpools spools;
    private final Destinations destinations;
    private final AdminMapping mapping;
    private final AdminContract contract;
    private final AnsweringProcess process;
    private final Clock clock;

    AdminStatus(
            AdminSpools spools,
            Destinations destinations,
            AdminMapping mapping,
            AdminContract contract,
            AnsweringProcess process,
            Clock clock) {
        this.process = process;
        this.spools = spools;
        this.destinations = destinations;
        this.mapping = mapping;
        this.contract = contract;
        this.clock = clock;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/status").blockingHandler(this::show, false);
        routes.change("/admin/destinations/:name/resume").handler(this::resume);
    }

    void show(RoutingContext http) {
        ObjectNode status = AdminJson.object();
        ArrayNode known = status.putArray("destinations");
        destinations.all().values().forEach(destination -> known.add(destination(destination)));
        status.set("mapping", mapping.status());
        status.set("contract", contract.status());
        ArrayNode all = status.putArray("spools");
        spools.all().forEach((name, spool) -> all.add(spoolOrWhyNot(name, spool)));
        // with Kafka, too, the spools are those of all processes
        AdminAnswer.send(http, status.put("process", process.name()));
    }

    void resume(RoutingContext http) {
        String name = http.pathParam("name");
        Destination destination = destinations
                .named(name)
                .or(() -> destinations.named("listrak-" + name))
                .or(() -> destinations.named(WebhookConfig.spool(name)))
                .orElseThrow(() -> new AdminRefusal(
                        404,
                        "name: unknown, expected one of "
                                + String.join(", ", destinations.all().keySet())));
        LOG.infof("%s: tried now, at an operator's request", destination.name());
        destination.tryNow();
        AdminAnswer.send(http, destination(destination));
    }

    static ObjectNode destination(Destination destination) {
        ObjectNode json = AdminJson.object()
                .put("name", destination.name())
                .put("parked", destination.parked().isPresent());
        destination.parked().ifPresent(parked -> json.put("reason", parked.reason())
                .put("since", parked.since().toString()));
        destination.askedToWaitUntil().ifPresent(until -> json.put("askedToWaitUntil", until.toString()));
        destination.maxEventsPerSecond().ifPresent(limit -> json.put("maxEventsPerSecond", limit)
                .put("pacedSeconds", destination.pacedSeconds()));
        return json;
    }

    private ObjectNode spoolOrWhyNot(String name, Spool spool) {
        try {
            return spool(name, spool);
        } catch (SpoolUnavailable e) {
            return AdminJson.object().put("name", name).put("unavailable", e.getMessage());
        }
    }

    private ObjectNode spool(String name, Spool spool) {
        ObjectNode json = AdminJson.object()
                .put("name", name)
                .put("pending", spool.pending())
                .put("held", spool.held().events());
        spool.oldestPending().ifPresent(oldest -> json.put("oldestPending", oldest.toString())
                .put(
                        "oldestPendingAgeSeconds",
                        Duration.between(oldest, clock.instant()).toSeconds()));
        json.put("replayWaiting", spool.deadLetters().waitingForReplay());
        json.put("ambiguous", spool.ambiguous().count());
        json.put("knownIdentities", spool.identities().count());
        json.put("deliveryLogUnsent", spool.deliveryLog().unsent());
        ArrayNode lanes = json.putArray("lanes");
        spool.laneStates().forEach(lane -> lanes.add(lane(lane)));
        ArrayNode tally = json.putArray("tally");
        spool.tally().entrySet().stream()
                .sorted(Comparator.comparing(
                        line -> line.getKey().name() + " " + line.getKey().reason()))
                .forEach(line -> tally.add(AdminJson.object()
                        .put("outcome", line.getKey().name())
                        .put("reason", line.getKey().reason())
                        .put("events", line.getValue())));
        return json;
    }

    private ObjectNode lane(LaneState lane) {
        ObjectNode json = AdminJson.object()
                .put("lane", lane.lane())
                .put("pending", lane.pending())
                .put("pauses", lane.pauses());
        if (lane.pausedUntil().isAfter(clock.instant())) {
            json.put("pausedUntil", lane.pausedUntil().toString()).put("cause", lane.cause());
        }
        return json;
    }
}
