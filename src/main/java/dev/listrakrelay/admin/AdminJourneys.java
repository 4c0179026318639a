package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TracedEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Shows of each webhook how many follow an event that Listrak accepted, and how long after: whether the journeys run. */
@ApplicationScoped
public class AdminJourneys implements AdminCalls {

    /** The newest webhooks of a spool that are looked at. */
    private static final int MOST_WEBHOOKS = 10_000;

    private final AdminSpools spools;
    private final Journeys journeys;
    private final AnsweringProcess process;
    private final CallTurns turn = new CallTurns(1, "journeys: others are being counted, expected one call at a time");

    AdminJourneys(AdminSpools spools, Journeys journeys, AnsweringProcess process) {
        this.spools = spools;
        this.journeys = journeys;
        this.process = process;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/journeys").blockingHandler(this::show, false);
    }

    private void show(RoutingContext http) {
        turn.run(http, () -> AdminAnswer.send(http, process.sign(count())));
    }

    private ObjectNode count() {
        Map<String, JourneyCounts> webhooks = new TreeMap<>();
        spools.all().forEach((name, spool) -> {
            if (Journeys.isWebhook(name)) {
                webhooks.put(name, webhooks(name, spool));
            }
        });
        Map<String, List<DeliveredEvent>> delivered = delivered(webhooks);
        ObjectNode answer = AdminJson.object();
        ArrayNode list = answer.putArray("webhooks");
        webhooks.values().forEach(counts -> list.add(counts.json(delivered)));
        return answer;
    }

    private JourneyCounts webhooks(String name, Spool spool) {
        JourneyCounts counts = new JourneyCounts(name.substring(name.indexOf('-') + 1), journeys.names(name));
        spool.history().skim(Search.ALL, webhook -> {
            counts.add(webhook.event());
            return counts.count() < MOST_WEBHOOKS;
        });
        return counts;
    }

    /** Returns the events that webhooks may follow, by contact. */
    private Map<String, List<DeliveredEvent>> delivered(Map<String, JourneyCounts> webhooks) {
        Set<String> contacts = new HashSet<>();
        webhooks.values().forEach(counts -> contacts.addAll(counts.contacts()));
        Map<String, List<DeliveredEvent>> delivered = new HashMap<>();
        if (!contacts.isEmpty()) {
            Search search = Search.ALL.with(Search.Field.OUTCOME, Journeys.DELIVERED);
            spools.all().forEach((name, spool) -> {
                if (!Journeys.isWebhook(name)) {
                    spool.history().skim(search, event -> add(name, event, contacts, delivered));
                }
            });
        }
        return delivered;
    }

    private static boolean add(
            String spool, TracedEvent event, Set<String> contacts, Map<String, List<DeliveredEvent>> delivered) {
        if (contacts.contains(event.event().contact())) {
            delivered
                    .computeIfAbsent(event.event().contact(), first -> new ArrayList<>())
                    .add(DeliveredEvent.of(spool, event));
        }
        return true;
    }
}
