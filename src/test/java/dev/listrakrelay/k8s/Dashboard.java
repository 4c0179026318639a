package dev.listrakrelay.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads the Grafana dashboard of {@code k8s/components}. */
public final class Dashboard {

    private static final Path FILE = Path.of("k8s", "components", "dashboard", "listrak-relay.json");

    private Dashboard() {}

    /** Its panels, without the rows that group them. */
    static List<JsonNode> panels() throws IOException {
        return AlertRulesTest.each(new ObjectMapper().readTree(FILE.toFile()).path("panels"))
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    /** The queries of all panels, with Grafana's variables in them. */
    public static List<String> queries() throws IOException {
        return panels().stream()
                .flatMap(panel -> AlertRulesTest.each(panel.path("targets")))
                .map(target -> target.path("expr").asText())
                .toList();
    }
}
