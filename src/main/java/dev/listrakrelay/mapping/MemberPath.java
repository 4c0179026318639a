package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a path of field names, such as {@code $.a.b} or {@code $['a']['b']}, without a query. */
record MemberPath(String text, List<String> members) implements EventPath {
    private static final Pattern STEP = Pattern.compile("\\.([\\p{L}_][\\p{L}\\p{N}_-]*)|\\['([^'\\\\]+)']");

    /** Returns empty if the path has more than field names. */
    static Optional<EventPath> compile(String path) {
        List<String> members = new ArrayList<>();
        Matcher step = STEP.matcher(path).region(1, path.length());
        while (step.lookingAt()) {
            members.add(step.group(1) == null ? step.group(2) : step.group(1));
            step.region(step.end(), path.length());
        }
        boolean isComplete = step.regionStart() == path.length() && !members.isEmpty();
        return isComplete ? Optional.of(new MemberPath(path, List.copyOf(members))) : Optional.empty();
    }

    @Override
    public List<JsonNode> values(JsonNode event) {
        JsonNode value = value(event);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public JsonNode value(JsonNode event) {
        JsonNode value = event;
        for (int i = 0; i < members.size() && value != null; i++) {
            value = value.get(members.get(i));
        }
        return value;
    }
}
