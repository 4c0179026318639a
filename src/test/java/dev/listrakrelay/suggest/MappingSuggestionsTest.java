package dev.listrakrelay.suggest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.listrakrelay.listrak.EventSchema;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.mapping.MappingFile;
import dev.listrakrelay.spool.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file of the folder {@code suggest} is a test. {@code <name>.mapping.yaml} is the mapping; {@code <name>.events.yaml} has
 * Listrak's fields, the events, what each becomes with the suggested lines, and the messages; {@code <name>.diff} is the diff.
 */
class MappingSuggestionsTest {

    private static final Path FOLDER = Path.of("src/test/resources/suggest");
    private static final String MAPPING = ".mapping.yaml";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(MAPPING))
                    .map(file -> file.replace(MAPPING, ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theSuggestedLinesFillTheFields(String name) throws Exception {
        // given
        String mapping = Files.readString(FOLDER.resolve(name + MAPPING));
        JsonNode told =
                new YAMLMapper().readTree(FOLDER.resolve(name + ".events.yaml").toFile());
        Optional<EventSchema> schema = schema(told.path("schema"));
        List<Event> events = new ArrayList<>();
        told.path("events").forEach(event -> events.add(event(event)));

        // when
        List<Suggestion> suggestions = suggestions(mapping, schema, events);
        MappingEdit edit = edit(mapping, suggestions);
        String diff = UnifiedDiff.of(name + MAPPING, mapping, edit.yaml());

        // then
        assertEquals(
                texts(told.path("messages")),
                suggestions.stream().map(Suggestion::message).toList());
        assertEquals(Files.readString(FOLDER.resolve(name + ".diff")), diff);
        suggestions.forEach(
                suggestion -> suggestion.line().ifPresent(line -> assertTrue(edit.has(line), line.toString())));
        Path file = Files.writeString(folder.resolve(name + MAPPING), mapping);
        assertEquals(edit.yaml(), Patch.applied(file, diff));
        assertEquals(diff.isEmpty(), edit.yaml().equals(mapping));
        Mapping edited = read(edit.yaml());
        for (int i = 0; i < events.size(); i++) {
            assertEquals(told.path("events").get(i).path("becomes"), fields(edited, events.get(i)));
        }
        assertEquals(
                List.of(),
                suggestions(edit.yaml(), schema, events).stream()
                        .filter(suggestion -> suggestion.line().isPresent())
                        .toList());
    }

    private static List<Suggestion> suggestions(String mapping, Optional<EventSchema> schema, List<Event> events) {
        MappingSuggestions suggestions =
                new MappingSuggestions(read(mapping), customEvent -> schema, CustomEvent::account);
        events.forEach(suggestions::add);
        return suggestions.all();
    }

    private static MappingEdit edit(String mapping, List<Suggestion> suggestions) {
        return new MappingEdit(
                mapping,
                suggestions.stream()
                        .flatMap(suggestion -> suggestion.line().stream())
                        .toList());
    }

    private static Mapping read(String yaml) {
        return MappingFile.read("mapping", yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<EventSchema> schema(JsonNode fields) {
        Map<String, String> types = new LinkedHashMap<>();
        fields.properties()
                .forEach(field -> types.put(field.getKey(), field.getValue().asText()));
        return types.isEmpty() ? Optional.empty() : Optional.of(new EventSchema("Event", types, true));
    }

    private static Event event(JsonNode told) {
        String name = told.path("name").asText("Order Completed");
        ObjectNode event = JSON.createObjectNode().put("type", "track").put("event", name);
        event.putObject("context").putObject("traits").put("email", "ada@example.com");
        event.set("properties", told.path("given"));
        return new Event(
                1,
                "m-1",
                "rest",
                "track",
                name,
                "ada@example.com",
                Instant.parse("2026-06-06T12:00:00Z"),
                event.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The fields of the first Listrak event, without those of the relay. */
    private static JsonNode fields(Mapping mapping, Event event) throws IOException {
        ListrakEvent sent = (ListrakEvent) mapping.map(event).get(0);
        ObjectNode fields = (ObjectNode) JSON.readTree(sent.json()).path("dataFields");
        fields.remove(List.of("event_name", "event_time"));
        return new YAMLMapper().readTree(fields.toString());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
