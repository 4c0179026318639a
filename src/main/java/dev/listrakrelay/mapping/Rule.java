package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.listrakrelay.spool.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rule of the mapping file: the events that it matches, and what it does with them. It holds all that it needs, so
 * one version of the file maps an event even while the file changes.
 *
 * @param location its location in the file, such as {@code events[2]}
 * @param when the events that it matches
 * @param action what it does with them
 * @param consent the condition that an event must meet to be sent; empty: none
 * @param expiresAfter how old an event may be when it is sent; empty: any age
 */
public record Rule(
        String location,
        EventMatcher when,
        Action action,
        Optional<Condition> consent,
        Optional<Duration> expiresAfter) {

    /** What a rule does with the events that it matches. */
    sealed interface Action {}

    /** Drops them for this reason. */
    record Drop(String reason) implements Action {}

    /**
     * Sends them.
     *
     * @param eventName their name in Listrak
     * @param customEvent the custom event that they are posted to
     * @param split the path of the items, each of which becomes a Listrak event; empty: the event becomes one
     * @param unknownOutcome what to do with them if the outcome of their request is unknown
     */
    record Send(
            TextNode eventName,
            CustomEvent customEvent,
            Optional<EventPath> split,
            Fields fields,
            Contact contact,
            UnknownOutcome unknownOutcome)
            implements Action {}

    /** The field under which the paths of a split event find the item. */
    static final String ITEM = "item";

    /** Whether the event meets the condition for consent. */
    boolean hasConsent(EventJson event) {
        return consent.isEmpty() || consent.get().holds(event.tree());
    }

    /** Whether the event is too old at a time to be sent. */
    boolean isStale(EventJson event, Instant now) {
        return expiresAfter.isPresent() && expiry(event).isBefore(now);
    }

    private Instant expiry(EventJson event) {
        return EventTime.instantOf(event.tree(), event.event().receivedAt()).plus(expiresAfter.orElseThrow());
    }

    /** Describes what it does with an event that it matches. */
    String outcome(EventJson event, Instant now) {
        if (action instanceof Drop drop) {
            return "matches, and drops the event as " + drop.reason();
        }
        if (!hasConsent(event)) {
            return "matches, but consent is missing, expected " + consent.get();
        }
        if (expiresAfter.isEmpty()) {
            return "matches";
        }
        return isStale(event, now)
                ? "matches, but the event is stale: it expired at " + expiry(event)
                : "matches; the event expires at " + expiry(event);
    }

    boolean isSplit() {
        return action instanceof Send send && send.split().isPresent();
    }

    /** Splits an event: returns the event itself or, if the rule splits, the event once with each item. */
    List<ObjectNode> parts(ObjectNode event) {
        EventPath split = ((Send) action).split().orElse(null);
        if (split == null) {
            return List.of(event);
        }
        List<JsonNode> found = split.values(event);
        boolean isOneList = found.size() == 1 && found.get(0).isArray();
        List<ObjectNode> parts = new ArrayList<>();
        for (JsonNode item : isOneList ? found.get(0) : found) {
            ObjectNode part = event.objectNode();
            part.setAll(event);
            part.set(ITEM, item);
            parts.add(part);
        }
        return parts;
    }

    /** Builds the Listrak event of an event or of a part of one. */
    MappingResult transform(Event event, ObjectNode tree, FieldCheck check) {
        return Transform.apply((Send) action, event, tree, check);
    }

    /** The account that it sends events to; empty if it drops them. */
    public Optional<String> account() {
        return customEvent().map(CustomEvent::account);
    }

    /** The custom event that its events are posted to; empty if it drops them. */
    public Optional<CustomEvent> customEvent() {
        return action instanceof Send send ? Optional.of(send.customEvent()) : Optional.empty();
    }

    /** The event name in Listrak; empty if it drops the events. */
    public Optional<String> eventName() {
        return action instanceof Send send ? Optional.of(send.eventName().textValue()) : Optional.empty();
    }

    /** How it builds the fields, with the keys for all rules; empty if it drops the events. */
    public Optional<Fields> fields() {
        return action instanceof Send send ? Optional.of(send.fields()) : Optional.empty();
    }

    /** The fields that it names itself, with those for all rules; none if it drops the events. */
    public List<DeclaredField> declaredFields() {
        return action instanceof Send send ? send.fields().declared(send.eventName()) : List.of();
    }

    /** The constant texts that it sends, by the names of their fields; none if it drops the events. */
    public Map<String, String> constantTexts() {
        if (action instanceof Send send) {
            Map<String, String> constantTexts = send.fields().constantTexts();
            constantTexts.put(Fields.EVENT_NAME, send.eventName().textValue());
            return constantTexts;
        }
        return Map.of();
    }

    /** The texts with placeholders that it sends, by the names of their fields; none if it drops the events. */
    Map<String, TextTemplate> templates() {
        return action instanceof Send send ? send.fields().templates() : Map.of();
    }

    /**
     * The placeholders that an event leaves unfilled, as written, by the names of their fields. A rule that splits has none:
     * each item may fill others.
     */
    public Map<String, List<String>> unfilled(Event event) {
        Map<String, List<String>> unfilled = new LinkedHashMap<>();
        if (isSplit()) {
            return unfilled;
        }
        JsonNode tree = new EventJson(event).tree();
        templates().forEach((field, template) -> {
            List<String> missing = template.unfilledBy(tree);
            if (!missing.isEmpty()) {
                unfilled.put(field, missing);
            }
        });
        return unfilled;
    }

    /** Whether it comes with the preset, and not from the file. */
    public boolean isOfPreset() {
        return location.startsWith(MappingFile.PRESET);
    }

    @Override
    public String toString() {
        return location;
    }
}
