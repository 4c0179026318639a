package dev.listrakrelay.suggest;

import dev.listrakrelay.mapping.InvalidMapping;
import dev.listrakrelay.mapping.MappingFile;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Adds suggested lines to the text of a mapping file, one after the other. A line that would break the file is left out. */
public final class MappingEdit {

    private static final int MOST_LINES = 100;

    private final Set<SuggestedLine> added = new LinkedHashSet<>();
    private String yaml;

    public MappingEdit(String yaml, Collection<SuggestedLine> lines) {
        this.yaml = yaml;
        lines.stream().distinct().limit(MOST_LINES).forEach(this::add);
    }

    private void add(SuggestedLine line) {
        Optional<String> edited = YamlInsertion.add(yaml, line).filter(MappingEdit::isValid);
        if (edited.isPresent()) {
            yaml = edited.get();
            added.add(line);
        }
    }

    private static boolean isValid(String yaml) {
        try {
            MappingFile.read("draft", yaml.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (InvalidMapping e) {
            return false;
        }
    }

    /** The text with the lines. */
    public String yaml() {
        return yaml;
    }

    /** Whether a line was added. */
    public boolean has(SuggestedLine line) {
        return added.contains(line);
    }
}
