package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.DroppedEvent;
import dev.listrakrelay.mapping.FieldCheck;
import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.mapping.MappingFailed;
import dev.listrakrelay.spool.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Holds the result of mapping an event, to compare two mappings.
 *
 * @param outcome {@code sent}, {@code dropped} or {@code dead letter}
 * @param reason why the event is not sent; empty if it is sent
 * @param sent the Listrak events; empty if the event is not sent
 */
record MappedEvent(String outcome, String reason, List<MappedPart> sent) {

    private static final String SENT = "sent";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A Listrak event, and the custom event that it is posted to. */
    record MappedPart(CustomEvent customEvent, String json) {

        /** Returns the name of the Listrak event and, unless it is the default account's, its account. */
        String name() {
            try {
                String name = JSON.readTree(json)
                        .path("dataFields")
                        .path("event_name")
                        .asText();
                return customEvent.account().equals(CustomEvent.DEFAULT_ACCOUNT)
                        ? name
                        : name + " to " + customEvent.account();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static MappedEvent of(Event event, Mapping mapping, FieldCheck check) {
        try {
            var mapped = mapping.map(event, check);
            List<MappedPart> sent = mapped.stream()
                    .filter(ListrakEvent.class::isInstance)
                    .map(ListrakEvent.class::cast)
                    .map(one -> new MappedPart(one.customEvent(), new String(one.json(), StandardCharsets.UTF_8)))
                    .toList();
            return sent.isEmpty()
                    ? new MappedEvent("dropped", ((DroppedEvent) mapped.get(0)).reason(), sent)
                    : new MappedEvent(SENT, "", sent);
        } catch (MappingFailed e) {
            return new MappedEvent("dead letter", "mapping_failed", List.of());
        }
    }

    /** Names the rules that decided about an event, such as {@code events[2]}; empty if no rule matches it. */
    static String rules(Event event, Mapping mapping) {
        try {
            return mapping.matchResults(event).stream()
                    .filter(rule -> rule.why().startsWith("matches"))
                    .map(rule -> rule.rule().location())
                    .collect(Collectors.joining(", "));
        } catch (MappingFailed e) {
            return "";
        }
    }

    /** Returns a short text, such as {@code sent purchase} or {@code dropped no_rule}. */
    String words() {
        return outcome + " "
                + (sent.isEmpty()
                        ? reason
                        : sent.stream().map(MappedPart::name).distinct().collect(Collectors.joining(", ")));
    }

    ObjectNode json() {
        ObjectNode json = AdminJson.object().put("outcome", outcome);
        if (sent.isEmpty()) {
            return json.put("reason", reason);
        }
        ArrayNode events = json.putArray("events");
        sent.forEach(one -> events.addRawValue(new RawValue(one.json())));
        return json;
    }
}
