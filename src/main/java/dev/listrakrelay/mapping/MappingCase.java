package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.listrakrelay.spool.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An example of a mapping: an event, and the Listrak events or the drop that it must result in.
 *
 * @param name the case's name
 * @param given the event
 * @param learned the e-mail that an earlier event of the contact had; empty if none
 * @param expected the expected Listrak events, in order; none if the event is dropped
 * @param dropped the expected reason of the drop; empty if the event is sent
 */
public record MappingCase(
        String name, JsonNode given, Optional<String> learned, List<JsonNode> expected, Optional<String> dropped) {

    /** The time of receipt, for events without a time of their own. */
    private static final Instant RECEIVED = Instant.parse("2026-06-06T12:00:00Z");

    /**
     * Returns where the mapping's results differ, each as <em>where: expected, found</em>; empty if the case passes.
     */
    public List<String> differences(Mapping mapping) {
        try {
            return differences(mapping.map(event()));
        } catch (MappingFailed e) {
            return List.of("expected " + (dropped.isPresent() ? "a drop" : "a Listrak event") + ", found a failure, "
                    + e.getMessage());
        }
    }

    /**
     * Returns the case with the mapping's current results as the expected ones.
     *
     * @throws MappingFailed if the event can't be mapped
     */
    public MappingCase withResultsOf(Mapping mapping) {
        List<MappingResult> mapped = mapping.map(event());
        List<JsonNode> sent = mapped.stream()
                .filter(ListrakEvent.class::isInstance)
                .map(event -> json((ListrakEvent) event))
                .toList();
        Optional<String> reason = sent.isEmpty() ? Optional.of(((Dropped) mapped.get(0)).reason()) : Optional.empty();
        return new MappingCase(name, given, learned, sent, reason);
    }

    private List<String> differences(List<MappingResult> mapped) {
        List<ListrakEvent> sent = mapped.stream()
                .filter(ListrakEvent.class::isInstance)
                .map(ListrakEvent.class::cast)
                .toList();
        Optional<String> reason = sent.isEmpty() ? Optional.of(((Dropped) mapped.get(0)).reason()) : Optional.empty();
        if (!reason.equals(dropped)) {
            return List.of("expected " + outcome(dropped, expected.size()) + ", found " + outcome(reason, sent.size()));
        }
        ArrayNode expectedJson = JsonNodeFactory.instance.arrayNode().addAll(expected);
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        sent.forEach(event -> found.add(json(event)));
        return expectedJson.size() == 1 && found.size() == 1
                ? JsonDiff.of(expectedJson.get(0), found.get(0))
                : JsonDiff.of(expectedJson, found);
    }

    private static String outcome(Optional<String> dropped, int sent) {
        return dropped.map(reason -> "a drop as " + reason)
                .orElse(sent == 1 ? "a Listrak event" : sent + " Listrak events");
    }

    private static JsonNode json(ListrakEvent event) {
        try {
            return JsonTree.read(event.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Event event() {
        String type = given.path("type").asText();
        String name =
                given.path(type.equals("track") ? "event" : "name").asText().strip();
        byte[] raw = JsonTree.text(given).getBytes(StandardCharsets.UTF_8);
        Event event = new Event(0, "case", "case", type, name, "case", RECEIVED, raw);
        return learned.map(event::withLearnedEmail).orElse(event);
    }
}
