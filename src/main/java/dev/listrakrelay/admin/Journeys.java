package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TracedEvent;
import dev.listrakrelay.webhook.WebhookConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Pairs a webhook of Journey Hub with the event of the same contact that it follows. A webhook names no event, so the pair
 * says only which came after which.
 */
@ApplicationScoped
public class Journeys {

    static final String DELIVERED = "delivered";

    private final AdminSpools spools;
    private final WebhookConfig config;

    Journeys(AdminSpools spools, WebhookConfig config) {
        this.spools = spools;
        this.config = config;
    }

    /** The names of the events that a webhook may follow, by the name of its spool; empty for all names. */
    Set<String> names(String spool) {
        return config.byName().entrySet().stream()
                .filter(webhook -> WebhookConfig.spool(webhook.getKey()).equals(spool))
                .flatMap(webhook -> webhook.getValue().after().stream())
                .findFirst()
                .map(Set::copyOf)
                .orElse(Set.of());
    }

    static boolean isWebhook(String spool) {
        return spool.startsWith(WebhookConfig.spool(""));
    }

    /** Returns the events of contacts that Listrak accepted, of a time, 1,000 of each at most. */
    List<DeliveredEvent> delivered(Set<String> contacts, Instant from, Instant to) {
        List<DeliveredEvent> delivered = new ArrayList<>();
        find(contacts, from, to, false)
                .forEach((spool, events) -> events.forEach(event -> delivered.add(DeliveredEvent.of(spool, event))));
        return delivered;
    }

    private Map<String, List<TracedEvent>> find(Set<String> contacts, Instant from, Instant to, boolean areWebhooks) {
        Map<String, List<TracedEvent>> found = new TreeMap<>();
        for (Map.Entry<String, Spool> spool : spools.all().entrySet()) {
            if (isWebhook(spool.getKey()) != areWebhooks) {
                continue;
            }
            for (String contact : contacts) {
                Search search =
                        new Search(Map.of(Search.Field.CONTACT, contact), from, to, Long.MAX_VALUE, Search.MOST);
                found.computeIfAbsent(spool.getKey(), first -> new ArrayList<>())
                        .addAll(spool.getValue()
                                .history()
                                .find(areWebhooks ? search : search.with(Search.Field.OUTCOME, DELIVERED)));
            }
        }
        return found;
    }

    /** Returns the event that a webhook follows, with the time between; empty if there is none. */
    Optional<ObjectNode> follows(String spool, Event webhook, List<DeliveredEvent> ofContact) {
        return DeliveredEvent.before(webhook.receivedAt(), ofContact, names(spool))
                .map(event -> AdminJson.object()
                        .put("spool", event.spool())
                        .put("seq", event.seq())
                        .put("name", event.name())
                        .put("deliveredAt", event.at().toString())
                        .put("millis", between(event.at(), webhook.receivedAt())));
    }

    /** Returns the webhooks that follow a delivered event, oldest first. */
    ArrayNode followedBy(String spool, TracedEvent traced) {
        ArrayNode following = JsonNodeFactory.instance.arrayNode();
        DeliveredEvent event = DeliveredEvent.of(spool, traced);
        Instant end = event.at().plus(DeliveredEvent.WINDOW).plusMillis(1);
        Set<String> contact = Set.of(event.contact());
        Map<String, List<TracedEvent>> webhooks = find(contact, event.at(), end, true);
        if (webhooks.values().stream().allMatch(List::isEmpty)) {
            return following;
        }
        List<DeliveredEvent> ofContact = delivered(contact, Instant.EPOCH, end);
        webhooks.forEach((name, received) -> received.stream()
                .sorted((one, other) ->
                        Long.compare(one.event().seq(), other.event().seq()))
                .map(TracedEvent::event)
                .filter(webhook -> DeliveredEvent.before(webhook.receivedAt(), ofContact, names(name))
                        .filter(event::equals)
                        .isPresent())
                .forEach(webhook -> following
                        .addObject()
                        .put("spool", name)
                        .put("seq", webhook.seq())
                        .put("name", webhook.name())
                        .put("receivedAt", webhook.receivedAt().toString())
                        .put("millis", between(event.at(), webhook.receivedAt()))));
        return following;
    }

    static long between(Instant delivered, Instant webhook) {
        return Duration.between(delivered, webhook).toMillis();
    }
}
