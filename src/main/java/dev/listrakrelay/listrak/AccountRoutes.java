package dev.listrakrelay.listrak;

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
        // Camel would not start a route that is added now
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext camel, boolean alreadyStarted) throws Exception {
        if (accounts.areSeveral()) {
            for (Account account : accounts.all()) {
                AccountSettings settings = account.settings();
                String id = settings.isDefault() ? MAP : MAP + "-" + settings.name();
                add(camel, id, settings, settings.destination());
            }
            if (isFree(camel, EVENTS)) {
                TemplatedRouteBuilder.builder(camel, SORT).routeId(SORT).add();
            }
        } else {
            AccountSettings only = accounts.named(CustomEvent.DEFAULT_ACCOUNT).settings();
            add(camel, MAP, only, EVENTS);
            spools.whenReachable(() -> addLeft(camel, only));
        }
        spools.whenReachable(this::tellOfOthers);
    }

    /** There may have been several accounts once: what waited for the default one waits there. */
    private void addLeft(CamelContext camel, AccountSettings only) {
        if (spools.isMade(only.destination())) {
            add(camel, MAP + "-left", only, only.destination());
        }
    }

    private static void add(CamelContext camel, String id, AccountSettings account, String spool) {
        boolean isKnown = ((ModelCamelContext) camel).getRouteTemplateDefinition(MAP) != null;
        if (isKnown && isFree(camel, spool)) {
            TemplatedRouteBuilder.builder(camel, MAP)
                    .routeId(id)
                    .parameter("account", account.name())
                    .parameter("spool", spool)
                    .add();
        }
    }

    /** Returns whether no route of the operator reads the spool. */
    private static boolean isFree(CamelContext camel, String spool) {
        return camel.getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointBaseUri())
                .noneMatch(("spool://" + spool)::equals);
    }

    /** Events of an account that isn't configured any more are kept, and an operator has to know of them. */
    private void tellOfOthers() {
        Set<String> known = accounts.all().stream()
                .map(account -> account.settings().destination())
                .collect(Collectors.toSet());
        Set<String> others = new TreeSet<>(spools.made(CustomEvent.DEFAULT_ACCOUNT + "-"));
        others.removeAll(known);
        for (String name : others) {
            Spool spool = spools.named(name);
            if (spool.pending() > 0) {
                LOG.warnf(
                        "%s: %d events wait for an account that is not configured, expected %s.client-id and so on",
                        name, spool.pending(), name.replaceFirst("-", "."));
            }
        }
    }
}
