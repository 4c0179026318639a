package dev.listrakrelay.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.mapping.EventPath;
import dev.listrakrelay.mapping.JsonTree;
import dev.listrakrelay.spool.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Converts bodies of one shape into events. It does not check the events: {@link CheckEvents} does. */
final class Shape {

    /** Paths find an item of the list under this name, as in a mapping that splits. */
    private static final String ITEM = "item";

    private final Optional<EventPath> list;
    private final ShapeField type;
    private final Optional<ShapeField> name;
    private final Map<String, ShapeField> fields = new LinkedHashMap<>();
    private final Optional<ShapeField> email;
    private final ShapeField properties;

    Shape(ShapesConfig.Settings settings) {
        list = settings.events().map(EventPath::compile);
        type = ShapeField.of(settings.type());
        name = settings.event().map(ShapeField::of);
        settings.userId().ifPresent(path -> fields.put("userId", ShapeField.of(path)));
        settings.anonymousId().ifPresent(path -> fields.put("anonymousId", ShapeField.of(path)));
        settings.messageId().ifPresent(path -> fields.put("messageId", ShapeField.of(path)));
        settings.timestamp().ifPresent(path -> fields.put("timestamp", ShapeField.of(path)));
        email = settings.email().map(ShapeField::of);
        properties = ShapeField.of(settings.properties().orElse(list.isPresent() ? "$." + ITEM : "$"));
    }

    /**
     * Returns the body's event, or an array of events, as JSON. An item that is not an object stays as it is.
     *
     * @throws UnreadableRequest if the list is missing or empty, or if the events are too many or too large
     */
    String events(JsonNode body) {
        if (body instanceof ObjectNode object) {
            // the sender can pass its write key here; it is not part of the event
            object.remove("writeKey");
        }
        return list.isPresent() ? arrayOf(items(body, list.get()), body) : eventOrItem(body, body);
    }

    private static List<JsonNode> items(JsonNode body, EventPath list) {
        List<JsonNode> items = list.values(body).stream()
                .flatMap(found -> found.isArray() ? StreamSupport.stream(found.spliterator(), false) : Stream.of(found))
                .toList();
        if (items.isEmpty()) {
            throw UnreadableRequest.malformed(
                    "body: no events, expected a list with at least one event at " + list.text());
        }
        if (items.size() > RequestReader.MAX_EVENTS) {
            throw UnreadableRequest.tooLarge("body: too many events, expected at most " + RequestReader.MAX_EVENTS);
        }
        return items;
    }

    private String arrayOf(List<JsonNode> items, JsonNode body) {
        ObjectNode tree = body instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        StringJoiner events = new StringJoiner(",", "[", "]");
        for (JsonNode item : items) {
            tree.set(ITEM, item);
            events.add(eventOrItem(item, tree));
            if (events.length() > RequestReader.MAX_REQUEST_BYTES) {
                throw UnreadableRequest.tooLarge("body: events too large, expected at most "
                        + RequestReader.MAX_REQUEST_BYTES + " bytes in total");
            }
        }
        return events.toString();
    }

    /** @param from the tree in which the paths find values */
    private String eventOrItem(JsonNode item, JsonNode from) {
        return JsonTree.text(item.isObject() ? event(from) : item);
    }

    private ObjectNode event(JsonNode from) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        type.valueIn(from).ifPresent(value -> event.set("type", value));
        boolean isTrack = event.path("type").asText().equals("track");
        name.flatMap(path -> path.valueIn(from)).ifPresent(value -> event.set(isTrack ? "event" : "name", value));
        fields.forEach((field, path) -> path.valueIn(from).ifPresent(value -> event.set(field, value)));
        // the e-mail of a group event belongs to the group, not to the contact
        boolean isGroup = event.path("type").asText().strip().equals(Event.GROUP);
        email.flatMap(path -> path.valueIn(from)).ifPresent(value -> {
            ObjectNode owner = isGroup ? event : event.putObject("context");
            owner.putObject("traits").set("email", value);
        });
        // if the value is not an object, CheckEvents rejects the event
        properties.valueIn(from).ifPresent(value -> event.set("properties", value));
        return event;
    }
}
