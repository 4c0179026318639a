package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.mapping.CaseFile;
import dev.listrakrelay.mapping.InvalidMapping;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.mapping.MappingCase;
import dev.listrakrelay.mapping.MappingFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a draft of a mapping and its cases, finds their mistakes, and runs the cases. */
final class MappingDraft {

    private static final String MAPPING = "mapping";
    private static final String CASES = "cases";

    private final ArrayNode mistakes = JsonNodeFactory.instance.arrayNode();
    private final Mapping mapping;
    private List<MappingCase> cases = new ArrayList<>();

    /** @param accounts the accounts that a rule may name */
    MappingDraft(String yaml, Optional<String> casesYaml, Set<String> accounts) {
        mapping = read(MAPPING, yaml, accounts);
        casesYaml.filter(text -> !text.isBlank()).ifPresent(text -> {
            try {
                cases = CaseFile.read(CASES, bytes(text));
            } catch (InvalidMapping e) {
                note(CASES, text, e);
            }
        });
    }

    /** Reads another mapping, and adds its mistakes to those of the draft. */
    Mapping other(String name, String yaml, Set<String> accounts) {
        return read(name, yaml, accounts);
    }

    private Mapping read(String name, String yaml, Set<String> accounts) {
        try {
            return MappingFile.read(name, bytes(yaml), Optional.of(accounts));
        } catch (InvalidMapping e) {
            note(name, yaml, e);
            return null;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void note(String file, String yaml, InvalidMapping invalid) {
        YamlLines lines = new YamlLines(yaml);
        for (String mistake : invalid.mistakes()) {
            String message = mistake.startsWith(file + ": ") ? mistake.substring(file.length() + 2) : mistake;
            mistakes.addObject()
                    .put("file", file)
                    .put("line", lines.of(message))
                    .put("message", message.replaceFirst("^line \\d+: ", ""));
        }
    }

    /** Returns the mistakes, each with its file, line and message; empty if the draft is valid. */
    ArrayNode mistakes() {
        return mistakes;
    }

    Mapping mapping() {
        return mapping;
    }

    /** Returns how many cases passed, and the differences of those that failed. */
    ObjectNode results() {
        int passed = 0;
        ArrayNode failed = JsonNodeFactory.instance.arrayNode();
        for (MappingCase one : cases) {
            List<String> differences = one.differences(mapping);
            if (differences.isEmpty()) {
                passed++;
            } else {
                failed.addObject().put("case", one.name()).put("difference", String.join("\n", differences));
            }
        }
        ObjectNode results = AdminJson.object().put("passed", passed);
        results.set("failed", failed);
        return results;
    }
}
