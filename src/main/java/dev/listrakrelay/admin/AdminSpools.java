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
 * Finds the spools a call is about. A search is about the one it names by {@code spool=}, else about all that are open; a
 * call with a seq is about the one it names, else about {@code events}.
 */
@ApplicationScoped
public class AdminSpools {

    /** The spool whose events go to Listrak. */
    static final String EVENTS = "events";

    private final Spools spools;

    AdminSpools(Spools spools) {
        this.spools = spools;
    }

    /** Those that are open, by name, in order. */
    Map<String, Spool> all() {
        return new TreeMap<>(spools.opened());
    }

    /** All that there are, also those that no route takes from any more. */
    Map<String, Spool> stored() {
        return new TreeMap<>(spools.stored());
    }

    static String name(RoutingContext http) {
        return http.queryParams().contains("spool") ? http.queryParams().get("spool") : EVENTS;
    }

    Spool of(RoutingContext http) {
        return open(name(http));
    }

    /** That one, or all that are open. */
    Map<String, Spool> searched(Optional<String> name) {
        return name.map(one -> Map.of(one, open(one))).orElseGet(this::all);
    }

    /**
     * All that the contact of a search is called: itself and, for a userId or an anonymousId, the e-mail that an earlier
     * event told of it. Empty where it looks for no contact.
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
