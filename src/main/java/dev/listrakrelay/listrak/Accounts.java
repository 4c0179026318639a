package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.Destination;
import dev.listrakrelay.delivery.Destinations;
import dev.listrakrelay.mapping.AccountNames;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.spool.SpoolConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** Holds the Listrak accounts: the default account {@code listrak}, and the accounts of {@code listrak.<name>.*}. */
@ApplicationScoped
public class Accounts {

    private final Map<String, Account> byName = new LinkedHashMap<>();
    private final Map<Destination, Account> byDestination = new LinkedHashMap<>();

    Accounts(ListrakConfig config, Destinations destinations, SpoolConfig spool, CamelContext camel, Clock clock) {
        Map<String, AccountSettings> settings = new LinkedHashMap<>();
        settings.put(CustomEvent.DEFAULT_ACCOUNT, AccountSettings.ofDefault(config));
        new TreeMap<>(config.named())
                .forEach((name, named) -> settings.put(name, AccountSettings.of(name, named, config)));
        settings.forEach((name, one) -> {
            Account account = new Account(
                    one,
                    destinations.add(one.destination(), spool.maxAge(), one.maxEventsPerSecond()),
                    new Tokens(camel, clock, one),
                    RequestPacker.of(one),
                    new DeliveredParts());
            byName.put(name, account);
            byDestination.put(account.destination(), account);
        });
    }

    @Produces
    @Singleton
    static AccountNames names(ListrakConfig config) {
        return new AccountNames(config.named().keySet());
    }

    /** Returns the account of the exchange's spool; the default account if the spool belongs to none. */
    Account of(Exchange exchange) {
        return Destination.of(exchange).map(byDestination::get).orElseGet(() -> named(CustomEvent.DEFAULT_ACCOUNT));
    }

    /** Returns the account with this name in the mapping; null if there is none. */
    Account named(String name) {
        return byName.get(name);
    }

    /** Returns all accounts, the default account first. */
    Collection<Account> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** Returns the request format of each account, by its name in the mapping. */
    public Map<String, RequestFormat> requestFormats() {
        Map<String, RequestFormat> requestFormats = new LinkedHashMap<>();
        byName.forEach(
                (name, account) -> requestFormats.put(name, account.packer().format()));
        return requestFormats;
    }

    /** Returns whether there are several accounts, so that events must be sorted by account. */
    boolean areSeveral() {
        return byName.size() > 1;
    }
}
