package dev.listrakrelay.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the alert rules of {@code k8s/components}. */
public final class AlertRules {

    private static final Path OBJECT = Path.of("k8s", "components", "alert-rules", "alert-rules.yaml");

    private AlertRules() {}

    private static JsonNode spec() throws IOException {
        return Manifests.parse(Files.readString(OBJECT)).get(0).path("spec");
    }

    static List<JsonNode> all() throws IOException {
        return spec().findValue("rules").findParents("alert");
    }

    /** The severity of each rule, by the name of its alert. */
    public static Map<String, String> severities() throws IOException {
        Map<String, String> severities = new TreeMap<>();
        all().forEach(rule -> severities.put(
                rule.path("alert").asText(), rule.at("/labels/severity").asText()));
        return severities;
    }

    /** Writes the rules in Prometheus' form. The file contains JSON, which is valid YAML. */
    public static Path writeTo(Path file) throws IOException {
        return Files.writeString(file, spec().toString());
    }
}
