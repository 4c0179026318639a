package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a mapping file into a {@link Mapping}, or lists every mistake in it at once. Its keys are described
 * in {@code src/docs/mapping-reference.md}.
 */
public final class MappingFile {
    /** The locations of a preset's rules begin so. */
    static final String PRESET = "preset ";

    private static final String PRESETS = "routes/mappings/presets/";
    private static final Map<String, String> PRESET_FILES = new LinkedHashMap<>();

    static {
        PRESET_FILES.put("default", PRESETS + "default.mapping.yaml");
        PRESET_FILES.put("ecommerce", PRESETS + "ecommerce.mapping.yaml");
    }

    private final List<String> mistakes = new ArrayList<>();

    private final Optional<Set<String>> accounts;

    private MappingFile(Optional<Set<String>> accounts) {
        this.accounts = accounts;
    }

    /**
     * @param file the file's name in messages, such as {@code mappings/listrak.mapping.yaml}
     * @throws InvalidMapping with all mistakes, if there are any
     */
    public static Mapping read(String file, byte[] yaml) {
        return read(file, yaml, Optional.empty());
    }

    /**
     * @param accounts the accounts that a rule can name besides {@code listrak}; empty: any
     * @throws InvalidMapping with all mistakes, if there are any
     */
    public static Mapping read(String file, byte[] yaml, Optional<Set<String>> accounts) {
        JsonNode root = YamlFile.read(file, yaml);
        if (root.isMissingNode() || root.isNull()) {
            throw new InvalidMapping(List.of(file + ": empty, expected the keys contact, events"));
        }
        return new MappingFile(accounts).mapping(new YamlNode(file, "", root, new ArrayList<>()));
    }

    private Mapping mapping(YamlNode given) {
        YamlNode top = new YamlNode(given.file(), "", given.value(), mistakes);
        MappingLayer file = MappingLayer.NONE;
        MappingLayer preset = MappingLayer.NONE;
        if (top.hasKeys("preset", "match", "contact", "consent", "fields", "unknown_outcome", "events")) {
            preset = preset(top.at("preset"));
            file = LayerReader.read(top, !top.at("preset").isPresent(), "");
            file.rules().forEach(rule -> checkAccount(top, rule));
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidMapping(mistakes);
        }
        return file.overriding(preset).mapping();
    }

    /** Rejects an account that isn't configured: its events would stay in the spool for ever. */
    private void checkAccount(YamlNode top, RuleDraft rule) {
        String name = rule.customEvent().account();
        Set<String> known = new TreeSet<>(accounts.orElse(Set.of(name)));
        known.add(CustomEvent.DEFAULT_ACCOUNT);
        if (!known.contains(name)) {
            top.at(rule.location() + ".account")
                    .mistake("unknown account, expected one of " + String.join(", ", known)
                            + " (configured as listrak.<name>.*), found " + name + DidYouMean.of(name, known));
        }
    }

    private MappingLayer preset(YamlNode node) {
        Optional<String> file = node.isPresent() ? node.oneOf("preset", PRESET_FILES) : Optional.empty();
        return file.map(this::layer).orElse(MappingLayer.NONE);
    }

    private MappingLayer layer(String file) {
        try (InputStream yaml = CurrentMapping.builtIn(file)) {
            JsonNode root = YamlFile.read(file, yaml.readAllBytes());
            return LayerReader.read(new YamlNode(file, "", root, mistakes), true, PRESET);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
