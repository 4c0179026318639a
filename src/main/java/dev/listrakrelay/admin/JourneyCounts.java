package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts how many webhooks of a spool follow an event, and how long after. */
final class JourneyCounts {

    private final String name;
    private final Set<String> names;
    private final Map<String, List<Instant>> webhooks = new HashMap<>();
    private long count;

    /** @param names the names of the events that a webhook may follow; empty for any name */
    JourneyCounts(String name, Set<String> names) {
        this.name = name;
        this.names = names;
    }

    void add(Event webhook) {
        webhooks.computeIfAbsent(webhook.contact(), first -> new ArrayList<>()).add(webhook.receivedAt());
        count++;
    }

    long count() {
        return count;
    }

    Set<String> contacts() {
        return webhooks.keySet();
    }

    /** @param delivered the events that Listrak accepted, by contact */
    ObjectNode json(Map<String, List<DeliveredEvent>> delivered) {
        Map<String, List<Long>> millis = new TreeMap<>();
        webhooks.forEach((contact, times) -> {
            List<DeliveredEvent> ofContact = delivered.getOrDefault(contact, List.of());
            times.forEach(at -> DeliveredEvent.before(at, ofContact, names)
                    .ifPresent(event -> millis.computeIfAbsent(event.name(), first -> new ArrayList<>())
                            .add(Journeys.between(event.at(), at))));
        });
        List<Long> all = new ArrayList<>();
        millis.values().forEach(all::addAll);
        ObjectNode json = AdminJson.object().put("name", name).put("webhooks", count);
        ArrayNode events = json.putArray("events");
        millis.forEach((event, some) -> counts(events.addObject().put("name", event), some));
        return counts(json, all);
    }

    private static ObjectNode counts(ObjectNode json, List<Long> millis) {
        json.put("following", millis.size());
        if (!millis.isEmpty()) {
            Collections.sort(millis);
            json.put("medianMillis", millis.get(millis.size() / 2));
        }
        return json;
    }
}
