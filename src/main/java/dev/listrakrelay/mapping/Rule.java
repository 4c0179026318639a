package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.listrakrelay.spool.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of the mapping file: the events it takes, and what they become. It holds all that is needed for that, so an
 * event is mapped by one version of the file even while it is replaced.
 *
 * @param place where it stands, such as {@code events[2]}
 * @param when the events it takes
 * @param action what becomes of them
 * @param consent what an event must hold to be sent; empty: nothing
 */
public record Rule(String place, EventMatcher when, Action action, Optional<Condition> consent) {

    /** What becomes of the events that a rule takes. */
    sealed interface Action {}

    /** They are dropped for this reason. */
    record Drop(String reason) implements Action {}

    /**
     * They are sent.
     *
     * @param eventName the name they get at Listrak
     * @param customEvent what they are posted to
     * @param split leads to the items of which each is a Listrak event of its own; empty: the event is one
     */
    record Send(TextNode eventName, CustomEvent customEvent, Optional<EventPath> split, Fields fields, Contact contact)
            implements Action {}

    /** The member under which the paths of a split event find the item. */
    static final String ITEM = "item";

    /** Whether the contact consented to what it does. */
    boolean isAllowed(EventJson event) {
        return consent.isEmpty() || consent.get().holds(event.tree());
    }

    /** What it does with an event that it takes, in words. */
    String outcome(EventJson event) {
        if (action instanceof Drop drop) {
            return "matches, and drops it as " + drop.reason();
        }
        return isAllowed(event) ? "matches" : "matches, but there is no consent: expected " + consent.get();
    }

    boolean isSplit() {
        return action instanceof Send send && send.split().isPresent();
    }

    /** What it makes Listrak events of: the event, or the event once with each item of its split. */
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

    /** What Listrak gets for an event, or a part of it. */
    MappingResult transform(Event event, ObjectNode tree, FieldCheck check) {
        return Transform.apply((Send) action, event, tree, check);
    }

    /** The account that its events go to; empty if they are dropped. */
    public Optional<String> account() {
        return customEvent().map(CustomEvent::account);
    }

    /** What its events are posted to; empty if they are dropped. */
    public Optional<CustomEvent> customEvent() {
        return action instanceof Send send ? Optional.of(send.customEvent()) : Optional.empty();
    }

    /** The name that its events get at Listrak; empty if they are dropped. */
    public Optional<String> eventName() {
        return action instanceof Send send ? Optional.of(send.eventName().textValue()) : Optional.empty();
    }

    /** The fields that it names itself, those for all rules included; none if its events are dropped. */
    public List<DeclaredField> declaredFields() {
        return action instanceof Send send ? send.fields().declared(send.eventName()) : List.of();
    }

    /** The texts that it sends as they stand, by their fields; none if its events are dropped. */
    public Map<String, String> texts() {
        if (action instanceof Send send) {
            Map<String, String> texts = send.fields().texts();
            texts.put(Fields.EVENT_NAME, send.eventName().textValue());
            return texts;
        }
        return Map.of();
    }

    @Override
    public String toString() {
        return place;
    }
}
