package dev.listrakrelay.listrak;

import dev.listrakrelay.log.Plural;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.Spools;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedStartupListener;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.jboss.logging.Logger;

/**
 * Adds the destination ({@code #listrakDestination-<account>}) and a route from the template {@code map} for each Listrak
 * account. With one account, the route reads {@code spool:events}. With several accounts, a route from the template {@code
 * accounts} sorts these events by account, and each account's route reads its own spool.
 */
@ApplicationScoped
@Unremovable
public class AccountRoutes implements CamelContextCustomizer, ExtendedStartupListener {

    private static final Logger LOG = Logger.getLogger(AccountRoutes.class);
    private static final String EVENTS = "events";
    private static final String MAP = "map";
    private static final String SORT = "accounts";

    private final Accounts accounts;
    private final Spools spools;

    AccountRoutes(Accounts accounts, Spools spools) {
        this.accounts = accounts;
        this.spools = spools;
    }

    @Override
    public void configure(CamelContext camel) {
        accounts.all().forEach(account -> camel.getRegistry()
                .bind("listrakDestination-" + account.settings().name(), account.destination()));
        try {
            camel.addStartupListener(this);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    @Override
    public void onCamelContextStarted(CamelContext camel, boolean alreadyStarted) {
        // too early: Camel would not start a route that is added here
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext camel, boolean alreadyStarted) throws Exception {
        if (accounts.areSeveral()) {
            for (Account account : accounts.all()) {
                AccountSettings settings = account.settings();
                String id = settings.isDefault() ? MAP : MAP + "-" + settings.name();
                add(camel, id, settings, settings.destination());
            }
            if (hasNoRoute(camel, EVENTS)) {
                TemplatedRouteBuilder.builder(camel, SORT).routeId(SORT).add();
            }
        } else {
            AccountSettings only = accounts.named(CustomEvent.DEFAULT_ACCOUNT).settings();
            add(camel, MAP, only, EVENTS);
            spools.whenReachable(() -> addRouteForRemainder(camel, only));
        }
        spools.whenReachable(this::logUnconfiguredAccounts);
    }

    /** Delivers events that still wait in the default account's own spool, from a time with several accounts. */
    private void addRouteForRemainder(CamelContext camel, AccountSettings only) {
        if (spools.isMade(only.destination())) {
            add(camel, MAP + "-left", only, only.destination());
        }
    }

    private static void add(CamelContext camel, String id, AccountSettings account, String spool) {
        boolean isTemplateLoaded = ((ModelCamelContext) camel).getRouteTemplateDefinition(MAP) != null;
        if (isTemplateLoaded && hasNoRoute(camel, spool)) {
            TemplatedRouteBuilder.builder(camel, MAP)
                    .routeId(id)
                    .parameter("account", account.name())
                    .parameter("spool", spool)
                    .add();
        }
    }

    /** Returns whether no route reads the spool yet; an operator can add one. */
    private static boolean hasNoRoute(CamelContext camel, String spool) {
        return camel.getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointBaseUri())
                .noneMatch(("spool://" + spool)::equals);
    }

    /** Warns of pending events for an account that is no longer configured. Their spool keeps them. */
    private void logUnconfiguredAccounts() {
        Set<String> configured = accounts.all().stream()
                .map(account -> account.settings().destination())
                .collect(Collectors.toSet());
        Set<String> others = new TreeSet<>(spools.made(CustomEvent.DEFAULT_ACCOUNT + "-"));
        others.removeAll(configured);
        for (String name : others) {
            Spool spool = spools.named(name);
            if (spool.pending() > 0) {
                LOG.warnf(
                        "%s: %s waiting for an account that is not configured, expected %s.client-id and its other settings",
                        name, Plural.of(spool.pending(), "event"), name.replaceFirst("-", "."));
            }
        }
    }
}
