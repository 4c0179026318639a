package dev.listrakrelay.admin;

import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.Spools;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the spools of a call. A search uses the spool of the parameter {@code spool}, or else all open spools. A call with a
 * seq uses the spool of the parameter, or else {@code events}.
 */
@ApplicationScoped
public class AdminSpools {

    /** The spool whose events go to Listrak. */
    static final String EVENTS = "events";

    private final Spools spools;

    AdminSpools(Spools spools) {
        this.spools = spools;
    }

    /** Returns the open spools by name, in alphabetical order. */
    Map<String, Spool> all() {
        return new TreeMap<>(spools.opened());
    }

    /** Returns all stored spools by name, including those that no route reads any more. */
    Map<String, Spool> stored() {
        return new TreeMap<>(spools.stored());
    }

    static String name(RoutingContext http) {
        return http.queryParams().contains("spool") ? http.queryParams().get("spool") : EVENTS;
    }

    Spool of(RoutingContext http) {
        return open(name(http));
    }

    /** Returns the named spool, or all open spools. */
    Map<String, Spool> searched(Optional<String> name) {
        return name.map(one -> Map.of(one, open(one))).orElseGet(this::all);
    }

    /**
     * Returns all identifiers of the contact that a search asks for: the identifier itself and, for a userId or an anonymousId,
     * the e-mail that the relay learned from an earlier event. Empty if the search asks for no contact.
     */
    Set<String> contacts(Search search) {
        String contact = search.where().get(Search.Field.CONTACT);
        if (contact == null) {
            return Set.of();
        }
        Set<String> contacts = new TreeSet<>(Set.of(contact));
        if (!contact.contains("@")) {
            for (Spool spool : all().values()) {
                spool.identities().email(Identity.told(contact, null, null)).ifPresent(contacts::add);
                spool.identities().email(Identity.told(null, contact, null)).ifPresent(contacts::add);
            }
        }
        return contacts;
    }

    private Spool open(String name) {
        Spool spool = all().get(name);
        if (spool == null) {
            throw AdminRefusal.of("spool", "one of " + String.join(", ", all().keySet()), name);
        }
        return spool;
    }

    static long seq(RoutingContext http) {
        return AdminSearch.number("seq", http.pathParam("seq"), 0, Long.MAX_VALUE);
    }
}
