package dev.listrakrelay.suggest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.listrakrelay.mapping.FieldType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts, for one rule and one field of its custom event, how events fill the field, and what could fill it. */
final class FieldSample {

    private static final int MOST_CANDIDATES = 20;

    private final String name;
    private final FieldType type;
    private final ValueCount filled;
    private final Map<String, Candidate> candidates = new LinkedHashMap<>();
    private int matched;

    /** @param type the field's type in Listrak; null if it is unknown */
    FieldSample(String name, FieldType type) {
        this.name = name;
        this.type = type;
        this.filled = new ValueCount(type);
    }

    void addFilled(JsonNode value) {
        filled.add(value);
    }

    /** Adds an event that leaves the field empty. */
    void addEmpty(List<Property> likely) {
        matched += likely.isEmpty() ? 0 : 1;
        for (Property property : likely) {
            String path = property.path();
            if (candidates.containsKey(path) || candidates.size() < MOST_CANDIDATES) {
                candidates
                        .computeIfAbsent(path, first -> new Candidate(property, new ValueCount(type)))
                        .values()
                        .add(property.value());
            }
        }
    }

    String name() {
        return name;
    }

    FieldType type() {
        return type;
    }

    ValueCount filled() {
        return filled;
    }

    /** The number of events that leave the field empty, and have a property that matches it. */
    int matched() {
        return matched;
    }

    /** The properties with the best match, in the order in which they were first seen. */
    List<Candidate> best() {
        Optional<Property.Match> best = candidates.values().stream()
                .map(candidate -> candidate.property().match(name))
                .min(Enum::compareTo);
        return candidates.values().stream()
                .filter(candidate ->
                        best.filter(candidate.property().match(name)::equals).isPresent())
                .toList();
    }
}
