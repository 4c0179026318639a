package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.listrakrelay.spool.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the cases beside a mapping file, or lists every mistake in them at once. */
public final class CaseFile {

    private static final String MAPPING = ".mapping.yaml";
    private static final String CASES = ".cases.yaml";

    private CaseFile() {}

    /** Returns the name of the case file beside a mapping file; empty if the mapping file has another ending. */
    public static Optional<String> beside(String mapping) {
        return Optional.of(mapping)
                .filter(name -> name.endsWith(MAPPING))
                .map(name -> name.substring(0, name.length() - MAPPING.length()) + CASES);
    }

    /**
     * @param file the file's name in messages, such as {@code mappings/listrak.cases.yaml}
     * @throws InvalidMapping with all mistakes, if there are any
     */
    public static List<MappingCase> read(String file, byte[] yaml) {
        List<String> mistakes = new ArrayList<>();
        YamlNode top = new YamlNode(file, "", YamlFile.read(file, yaml), mistakes);
        List<MappingCase> cases = new ArrayList<>();
        for (YamlNode item : top.list("a list of cases, each with case, given, and expect or dropped")) {
            read(item).ifPresent(cases::add);
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidMapping(mistakes);
        }
        return cases;
    }

    private static Optional<MappingCase> read(YamlNode item) {
        if (!item.hasKeys("case", "given", "learned", "expect", "dropped")) {
            return Optional.empty();
        }
        Optional<String> name = item.at("case").text("the name of the case");
        YamlNode given = item.at("given");
        if (given.entries("an event").isEmpty()
                || !Event.TYPES.contains(given.at("type").value().asText())) {
            given.at("type").mistake("expected one of " + String.join(", ", Event.TYPES));
        }
        item.requireOnlyOneOf(List.of("expect", "dropped"));
        Optional<String> dropped =
                item.at("dropped").isPresent() ? item.at("dropped").text("a reason such as no_rule") : Optional.empty();
        List<JsonNode> expected = new ArrayList<>();
        if (!item.at("dropped").isPresent()) {
            item.at("expect").oneOrList("a Listrak event or a list of them").forEach(event -> {
                event.entries("a Listrak event with identifiers, dataFields");
                expected.add(event.value());
            });
        }
        Optional<String> learned =
                item.at("learned").isPresent() ? item.at("learned").text("an e-mail address") : Optional.empty();
        return name.map(text -> new MappingCase(text, given.value(), learned, expected, dropped));
    }
}
