package dev.listrakrelay.ingest;

import dev.listrakrelay.settings.ConfiguredName;
import dev.listrakrelay.spool.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds the mistakes in the settings of shapes before the relay starts. */
public final class ShapesCheck {

    private static final String PATH = "a JSONPath such as $.order.status";
    private static final List<String> PATHS =
            List.of("events", "user-id", "anonymous-id", "message-id", "timestamp", "email", "properties");

    private final ConfiguredName shape;
    private final Function<String, Optional<String>> value;
    private final List<String> mistakes = new ArrayList<>();

    private ShapesCheck(String name, Function<String, Optional<String>> value) {
        this.shape = new ConfiguredName("source.rest.shapes", name);
        this.value = value;
    }

    /**
     * Returns each mistake as <em>where: what, expected, found</em>.
     *
     * @param names the names of the configured shapes
     * @param value returns the value of a key
     */
    public static List<String> mistakes(Set<String> names, Function<String, Optional<String>> value) {
        return names.stream()
                .flatMap(name -> new ShapesCheck(name, value).mistakes().stream())
                .toList();
    }

    private List<String> mistakes() {
        shape.mistake().ifPresent(mistakes::add);
        PATHS.forEach(this::path);
        type();
        event();
        return mistakes;
    }

    private Optional<String> value(String key) {
        return value.apply(shape.key(key));
    }

    private void path(String key) {
        value(key).filter(path -> !ShapeField.isPath(path)).ifPresent(path -> mistake(key, PATH, path));
    }

    private void type() {
        value("type")
                .filter(type -> !ShapeField.isPath(type) && !Event.TYPES.contains(type))
                .ifPresent(type -> mistake("type", PATH + ", or one of " + String.join(", ", Event.TYPES), type));
    }

    private void event() {
        Optional<String> event = value("event");
        event.filter(path -> path.startsWith("$") && !ShapeField.isPath(path))
                .ifPresent(path -> mistake("event", PATH + ", or a name that does not begin with $", path));
        if (event.isEmpty() && value("type").orElse("track").equals("track")) {
            mistakes.add(shape + ".event: missing, expected " + PATH + ", or the name of the event; set "
                    + shape.variable("event"));
        }
    }

    private void mistake(String key, String expected, String found) {
        mistakes.add(ConfiguredName.withVariable(shape.key(key), shape.variable(key)) + ": expected " + expected
                + ", found " + found);
    }
}
