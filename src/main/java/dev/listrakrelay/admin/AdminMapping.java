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
import dev.listrakrelay.spool.Identities;
import dev.listrakrelay.spool.IdentityConfig;
import dev.listrakrelay.spool.StandIns;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Tells which mapping is in force, and what it would make of an event. */
@ApplicationScoped
public class AdminMapping {

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

    /** Which file decides since when, and what is wrong with the one that should. */
    ObjectNode status() {
        ObjectNode json = AdminJson.object()
                .put("file", mapping.name())
                .put("since", mapping.inForce().since().toString())
                .put("rules", mapping.get().rules().size());
        mapping.refused().ifPresent(refused -> {
            ObjectNode told =
                    json.putObject("refused").put("since", refused.since().toString());
            ArrayNode mistakes = told.putArray("mistakes");
            refused.mistakes().forEach(mistakes::add);
        });
        return json;
    }

    void explain(RoutingContext http) {
        Explainer explainer = explainer(mapping.get(), spools.of(http).identities());
        AdminAnswer.send(http, explainer.explain(AdminBody.bytes(http), clock.instant()));
    }

    private Explainer explainer(Mapping by, Identities identities) {
        return new Explainer(
                by,
                mapping.name(),
                accounts.shapes()::get,
                contracts::schema,
                contracts::preview,
                identities,
                StandIns.of(identity));
    }

    /**
     * What was sent of an event, or why nothing was: the mapping that was in force at a moment is applied to it once more.
     * Steps of an operator's own in {@code 30-map.camel.yaml} are not.
     *
     * @param decided when it was mapped; empty while it is pending: today's mapping counts
     */
    ObjectNode sent(Event event, Identities identities, Optional<Instant> decided) {
        Optional<MappingVersions.Version> then = decided.flatMap(versions::at);
        CurrentMapping.InForce now = mapping.inForce();
        String hash = then.map(MappingVersions.Version::hash).orElse(MappingVersions.hash(now.yaml()));
        boolean isNow = hash.equals(MappingVersions.hash(now.yaml()));
        ObjectNode json = AdminJson.object();
        json.putObject("mapping")
                .put("hash", hash)
                .put(
                        "since",
                        then.map(MappingVersions.Version::since)
                                .orElse(now.since())
                                .toString())
                .put("isNow", isNow);
        Mapping by = isNow
                ? now.mapping()
                : MappingFile.read(mapping.name(), then.orElseThrow().yaml());
        json.set("explanation", explainer(by, identities).explain(event));
        return json;
    }
}
