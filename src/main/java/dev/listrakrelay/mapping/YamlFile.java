package dev.listrakrelay.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.List;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads YAML strictly: one document, each key once, no aliases, and numbers with every digit. Otherwise it names the
 * line with the mistake.
 */
final class YamlFile {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private YamlFile() {}

    static JsonNode read(String file, byte[] yaml) {
        try {
            refuseAliases(file, yaml);
            return YAML.readTree(yaml);
        } catch (IOException | YAMLException e) {
            throw broken(file, e);
        }
    }

    /** Jackson would read {@code *name} as the text "name". */
    private static void refuseAliases(String file, byte[] yaml) throws IOException {
        try (YAMLParser in = YAML.getFactory().createParser(yaml)) {
            while (in.nextToken() != null) {
                if (in.isCurrentAlias()) {
                    throw invalid(file, in.currentTokenLocation().getLineNr(), "alias, expected the value itself");
                }
            }
        }
    }

    private static InvalidMapping broken(String file, Exception e) {
        if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            return invalid(file, yaml.getProblemMark().getLine() + 1, "not YAML, " + yaml.getProblem());
        }
        if (e instanceof MismatchedInputException) {
            return new InvalidMapping(List.of(file + ": more than one document, expected one"));
        }
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            String problem = firstLine(json.getOriginalMessage());
            String what = problem.startsWith("Duplicate") ? problem + ", expected each key once" : problem;
            return invalid(file, json.getLocation().getLineNr(), what);
        }
        return new InvalidMapping(List.of(file + ": not YAML, " + firstLine(String.valueOf(e.getMessage()))));
    }

    private static InvalidMapping invalid(String file, int line, String what) {
        return new InvalidMapping(List.of(file + ": line " + line + ": " + what));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
