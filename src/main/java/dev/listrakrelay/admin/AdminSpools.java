package dev.listrakrelay.admin;

import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.Spools;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;

/** Finds the spool a call is about: the one it names by {@code spool=}, else {@code events}. */
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
        String name = name(http);
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
