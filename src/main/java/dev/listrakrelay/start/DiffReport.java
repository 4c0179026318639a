package dev.listrakrelay.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up the changed outcomes of several parts of a history, and prints them, the most frequent change first. */
final class DiffReport {

    private static final int SAMPLES = 3;
    private static final String[] KEY = {"from", "fromRule", "to", "toRule"};

    private final Map<List<String>, ObjectNode> groups = new HashMap<>();
    private JsonNode kept = JsonNodeFactory.instance.objectNode();
    private String since = "";
    private String part = "";
    private long looked;
    private long same;

    /** Adds a part. The first one says what is kept. */
    void add(JsonNode changes) {
        looked += changes.path("looked").asLong();
        same += changes.path("same").asLong();
        kept = changes.has("kept") ? changes.path("kept") : kept;
        since = changes.path("since").asText();
        part = changes.path("part").asBoolean() ? changes.path("process").asText() : "";
        changes.path("changed").forEach(group -> addGroup((ObjectNode) group));
    }

    private void addGroup(ObjectNode group) {
        List<String> key = new ArrayList<>();
        for (String field : KEY) {
            key.add(group.path(field).asText());
        }
        ObjectNode sum = groups.putIfAbsent(key, group);
        if (sum != null) {
            sum.put("count", sum.path("count").asLong() + group.path("count").asLong());
            ArrayNode samples = (ArrayNode) sum.path("samples");
            group.path("samples").forEach(sample -> {
                if (samples.size() < SAMPLES) {
                    samples.add(sample);
                }
            });
        }
    }

    long looked() {
        return looked;
    }

    /** The number of events that are kept. */
    long events() {
        return kept.path("events").asLong();
    }

    long changed() {
        return looked - same;
    }

    private List<ObjectNode> sorted() {
        return groups.values().stream()
                .sorted(Comparator.comparingLong(
                        (ObjectNode group) -> -group.path("count").asLong()))
                .toList();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("since", since)
                .put("looked", looked)
                .put("same", same)
                .put("changes", changed());
        json.set("kept", kept);
        json.putArray("changed").addAll(sorted());
        return json;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("%,d events since %s, %,d outcomes change%n".formatted(looked, since, changed()));
        if (!kept.path("complete").asBoolean()) {
            text.append("Not all events of these hours are kept: %s (%s)%n"
                    .formatted(
                            kept.has("notKept")
                                    ? "about %,d are missing"
                                            .formatted(kept.path("notKept").asLong())
                                    : "nobody knows how many are missing",
                            kept.path("why").asText()));
        }
        if (!part.isEmpty()) {
            text.append("Only the events that the process %s knows%n".formatted(part));
        }
        sorted().forEach(group -> text.append(text(group)));
        return text.toString();
    }

    private static String text(ObjectNode group) {
        StringBuilder text = new StringBuilder("%n%,8d  %s%s -> %s%s%n"
                .formatted(
                        group.path("count").asLong(),
                        group.path("from").asText(),
                        rule(group.path("fromRule")),
                        group.path("to").asText(),
                        rule(group.path("toRule"))));
        group.path("samples")
                .forEach(sample -> text.append("          event %d %s: %s -> %s%n"
                        .formatted(
                                sample.path("seq").asLong(),
                                sample.path("name").asText(),
                                what(sample.path("before")),
                                what(sample.path("after")))));
        return text.toString();
    }

    private static String rule(JsonNode rule) {
        return rule.asText().isEmpty() ? "" : " (" + rule.asText() + ")";
    }

    private static String what(JsonNode mapped) {
        return mapped.has("events")
                ? mapped.path("events").toString()
                : mapped.path("outcome").asText() + " " + mapped.path("reason").asText();
    }
}
