package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.explain.Explainer;
import dev.listrakrelay.listrak.Accounts;
import dev.listrakrelay.listrak.Contracts;
import dev.listrakrelay.mapping.CurrentMapping;
import dev.listrakrelay.spool.IdentityConfig;
import dev.listrakrelay.spool.StandIns;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Tells which mapping is in force, and what it would make of an event. */
@ApplicationScoped
public class AdminMapping {

    private final CurrentMapping mapping;
    private final Accounts accounts;
    private final Contracts contracts;
    private final AdminSpools spools;
    private final IdentityConfig identity;
    private final Clock clock;

    AdminMapping(
            CurrentMapping mapping,
            Accounts accounts,
            Contracts contracts,
            AdminSpools spools,
            IdentityConfig identity,
            Clock clock) {
        this.mapping = mapping;
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
        Explainer explainer = new Explainer(
                mapping.get(),
                mapping.name(),
                accounts.shapes()::get,
                contracts::schema,
                contracts::preview,
                spools.of(http).identities(),
                StandIns.of(identity));
        AdminAnswer.send(http, explainer.explain(AdminBody.bytes(http), clock.instant()));
    }
}
