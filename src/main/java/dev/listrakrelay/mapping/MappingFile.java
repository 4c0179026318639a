package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.InvalidPathException;
import dev.listrakrelay.spool.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a mapping file into a {@link Mapping}, or says everything that is wrong with it at once. */
public final class MappingFile {
    private static final String PATHS = "a list of JSONPaths such as $.context.traits.email";
    private static final String NAMES = "an event name or a list of them";
    private static final List<String> NAMED_TYPES = List.of("track", "page", "screen");

    private final List<String> mistakes = new ArrayList<>();

    private MappingFile() {}

    /**
     * @param file what mistakes call the file, such as {@code mappings/listrak.mapping.yaml}
     * @throws InvalidMapping with all mistakes, if there is any
     */
    public static Mapping read(String file, byte[] yaml) {
        JsonNode root = YamlFile.read(file, yaml);
        if (root.isMissingNode() || root.isNull()) {
            throw new InvalidMapping(List.of(file + ": empty file, expected the keys contact, events"));
        }
        return new MappingFile().mapping(file, root);
    }

    private Mapping mapping(String file, JsonNode root) {
        Place top = new Place(file, "", root, mistakes);
        ContactEmail email = new ContactEmail(List.of());
        List<Rule> rules = new ArrayList<>();
        if (top.hasKeys("contact", "events")) {
            email = contact(top.at("contact"));
            for (Place event : top.at("events").list("a list with at least one event, each with when, event_name")) {
                rule(rules.size(), event).ifPresent(rules::add);
            }
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidMapping(mistakes);
        }
        return new Mapping(email, rules);
    }

    private static ContactEmail contact(Place contact) {
        List<EventPath> paths = new ArrayList<>();
        if (contact.hasKeys("email")) {
            contact.at("email").list(PATHS).forEach(place -> path(place).ifPresent(paths::add));
        }
        return new ContactEmail(paths);
    }

    private static Optional<EventPath> path(Place place) {
        Optional<String> text = place.text("a JSONPath such as $.context.traits.email");
        try {
            return text.map(EventPath::compile);
        } catch (InvalidPathException e) {
            place.mistake("not a JSONPath, expected one such as $.context.traits.email, found " + text.orElse(""));
            return Optional.empty();
        }
    }

    private static Optional<Rule> rule(int index, Place event) {
        if (!event.hasKeys("when", "event_name")) {
            return Optional.empty();
        }
        Optional<When> when = when(event.at("when"));
        Optional<String> name = event.at("event_name").text("the name of the event at Listrak");
        return when.flatMap(known -> name.map(text -> new Rule(index, known, text)));
    }

    private static Optional<When> when(Place when) {
        if (!when.hasKeys("type", "event")) {
            return Optional.empty();
        }
        Optional<String> type = type(when.at("type"));
        Place event = when.at("event");
        List<String> names = event.isThere() ? names(event) : List.of();
        if (event.isThere() && type.isPresent() && !NAMED_TYPES.contains(type.get())) {
            event.mistake("never matches, expected only with type " + String.join(", ", NAMED_TYPES) + ", found type "
                    + type.get());
        }
        return type.map(known -> new When(known, names));
    }

    private static Optional<String> type(Place place) {
        String expected = "one of " + String.join(", ", Event.TYPES);
        Optional<String> type = place.text(expected);
        if (type.isPresent() && !Event.TYPES.contains(type.get())) {
            place.mistake("unknown type, expected " + expected + ", found " + type.get());
            return Optional.empty();
        }
        return type;
    }

    private static List<String> names(Place event) {
        if (event.value().isArray()) {
            return event.list(NAMES).stream()
                    .flatMap(name -> name.text("an event name").stream())
                    .toList();
        }
        return event.text(NAMES).stream().toList();
    }
}
