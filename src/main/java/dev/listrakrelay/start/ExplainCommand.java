package dev.listrakrelay.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.listrakrelay.explain.Explainer;
import dev.listrakrelay.explain.PrettyJson;
import dev.listrakrelay.listrak.EventSchema;
import dev.listrakrelay.listrak.RequestFormat;
import dev.listrakrelay.listrak.RequestStyle;
import dev.listrakrelay.mapping.CurrentMapping;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.mapping.FieldCheck;
import dev.listrakrelay.mapping.InvalidMapping;
import dev.listrakrelay.mapping.Mapping;
import dev.listrakrelay.spool.Identities;
import dev.listrakrelay.spool.StandInIds;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Prints what the mapping makes of an event. It needs no configuration and no network, and sends nothing. */
final class ExplainCommand {

    static final int MISTAKES = 65;
    static final int NO_FILE = 66;

    private static final String STYLE = "request-style";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .build();

    private ExplainCommand() {}

    /**
     * @param event a file with one event, as its source posts it
     * @param schema a file with Listrak's answer to {@code GET eventConfigurations/{eventUID}}
     * @return the exit code: 0 if the explanation was printed, 65 if the mapping or the schema has mistakes, 66 if a file can't
     *     be read
     */
    static int run(Path event, Optional<Path> schema, Config config, Clock clock, PrintStream out) {
        Optional<Path> file =
                config.getOptionalValue("mapping.file", String.class).map(Path::of);
        for (Path needed : schema.map(path -> new Path[] {event, path}).orElse(new Path[] {event})) {
            if (!Files.isReadable(needed)) {
                out.println(needed + ": expected a readable file");
                return NO_FILE;
            }
        }
        try {
            Mapping mapping = CurrentMapping.read(file, Optional.empty());
            Optional<EventSchema> known = schema.isPresent()
                    ? Optional.of(EventSchema.read(Files.readAllBytes(schema.get())))
                    : Optional.empty();
            Explainer explainer = new Explainer(
                    mapping,
                    CurrentMapping.name(file),
                    account -> format(account, config),
                    customEvent -> known,
                    FieldCheck.NONE,
                    Identities.NONE,
                    new StandInIds(config.getOptionalValues("identity.stand-in-ids", String.class)
                            .orElse(List.of())));
            ObjectNode explanation = explainer.explain(Files.readAllBytes(event), clock.instant());
            explanation.path("requests").forEach(ExplainCommand::breakIntoLines);
            out.print(YAML.writeValueAsString(explanation));
            return 0;
        } catch (InvalidMapping e) {
            e.mistakes().forEach(out::println);
            return MISTAKES;
        } catch (IOException e) {
            out.println(schema.map(Path::toString).orElse("schema") + ": " + e.getMessage());
            return MISTAKES;
        }
    }

    private static void breakIntoLines(JsonNode request) {
        if (request.has("body")) {
            ((ObjectNode) request).put("body", PrettyJson.of(request.get("body").textValue()));
        }
    }

    /** Returns the request format of an account. A setting that is missing shows as its key in angle brackets. */
    private static RequestFormat format(String account, Config config) {
        String own = account.equals(CustomEvent.DEFAULT_ACCOUNT) ? "listrak." : "listrak." + account + ".";
        String style = config.getOptionalValue(own + STYLE, String.class)
                .or(() -> config.getOptionalValue("listrak." + STYLE, String.class))
                .orElse("event");
        return new RequestFormat(
                RequestStyle.valueOf(style.toUpperCase(Locale.ROOT).replace('-', '_')),
                config.getOptionalValue(own + "event-uid", String.class).orElse("<" + own + "event-uid>"),
                config.getOptionalValue(own + "company-id", String.class).orElse("<" + own + "company-id>"));
    }
}
