package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.explain.Explainer;
import dev.listrakrelay.listrak.Accounts;
import dev.listrakrelay.listrak.Contracts;
import dev.listrakrelay.mapping.CurrentMapping;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.mapping.MappingFile;
import dev.listrakrelay.mapping.MappingVersions;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.IdentityConfig;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.StandInIds;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Shows the active mapping, and what it makes of an event. */
@ApplicationScoped
public class AdminMapping implements AdminCalls {

    private final CurrentMapping mapping;
    private final MappingVersions versions;
    private final Accounts accounts;
    private final Contracts contracts;
    private final AdminSpools spools;
    private final IdentityConfig identity;
    private final Clock clock;

    AdminMapping(
            CurrentMapping mapping,
            MappingVersions versions,
            Accounts accounts,
            Contracts contracts,
            AdminSpools spools,
            IdentityConfig identity,
            Clock clock) {
        this.mapping = mapping;
        this.versions = versions;
        this.accounts = accounts;
        this.contracts = contracts;
        this.spools = spools;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/mapping").blockingHandler(this::show, false);
        routes.ask("/admin/explain").blockingHandler(this::explain, false);
    }

    /** Returns the file of the active mapping, since when it is active, and the mistakes of a newer file that was rejected. */
    ObjectNode status() {
        ObjectNode json = AdminJson.object()
                .put("file", mapping.name())
                .put("since", mapping.active().since().toString())
                .put("rules", mapping.get().rules().size());
        mapping.rejected().ifPresent(refused -> {
            ObjectNode told =
                    json.putObject("refused").put("since", refused.since().toString());
            ArrayNode mistakes = told.putArray("mistakes");
            refused.mistakes().forEach(mistakes::add);
        });
        return json;
    }

    private void show(RoutingContext http) {
        CurrentMapping.Active active = mapping.active();
        ObjectNode json = status();
        json.put("text", new String(active.yaml(), StandardCharsets.UTF_8))
                .put("hash", MappingVersions.hash(active.yaml()))
                .put(
                        "cases",
                        mapping.cases()
                                .map(yaml -> new String(yaml, StandardCharsets.UTF_8))
                                .orElse(""));
        if (!json.has("refused")) {
            json.putNull("refused");
        }
        AdminAnswer.send(http, json);
    }

    void explain(RoutingContext http) {
        AdminAnswer.send(
                http,
                explainer(mapping.get(), mapping.name(), spools.of(http))
                        .explain(AdminBody.bytes(http), clock.instant()));
    }

    /** Returns an explainer of a mapping for events of a spool. It counts and learns nothing. */
    Explainer explainer(Mapping used, String name, Spool spool) {
        return new Explainer(
                used,
                name,
                accounts.requestFormats()::get,
                contracts::schema,
                contracts::preview,
                spool.identities(),
                StandInIds.of(identity));
    }

    /**
     * Returns what was sent of an event, or why nothing was sent. It maps the event again, with the mapping that was active when
     * the event was mapped. It does not repeat an operator's own steps in {@code 30-map.camel.yaml}.
     *
     * @param decided when it was mapped; empty while it is pending, then the active mapping counts
     */
    ObjectNode sent(Event event, Spool spool, Optional<Instant> decided) {
        Optional<MappingVersions.SavedMapping> then = decided.flatMap(versions::at);
        CurrentMapping.Active now = mapping.active();
        String hashNow = MappingVersions.hash(now.yaml());
        String hash = then.map(MappingVersions.SavedMapping::hash).orElse(hashNow);
        boolean isNow = hash.equals(hashNow);
        ObjectNode json = AdminJson.object();
        json.putObject("mapping")
                .put("hash", hash)
                .put(
                        "since",
                        then.map(MappingVersions.SavedMapping::since)
                                .orElse(now.since())
                                .toString())
                .put("isNow", isNow);
        Mapping by = isNow
                ? now.mapping()
                : MappingFile.read(mapping.name(), then.orElseThrow().yaml());
        json.set("explanation", explainer(by, mapping.name(), spool).explain(event));
        return json;
    }
}
