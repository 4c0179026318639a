package dev.listrakrelay.listrak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.log.LogRateLimiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Saves the schemas of custom events in a file, for a start while Listrak is unavailable. Errors of the file are only logged. */
final class SchemaFile {

    private static final Logger LOG = Logger.getLogger(SchemaFile.class);
    private static final String NOT_WRITTEN = "not written";

    private final ObjectMapper json = new ObjectMapper();
    private final Path file;
    private final ObjectNode saved;
    private final LogRateLimiter lines = LogRateLimiter.onceUntilEnded();

    /** A schema that Listrak sent, and the time of its answer. */
    record Saved(EventSchema schema, Instant at) {}

    SchemaFile(Path file) {
        this.file = file;
        this.saved = read();
    }

    private ObjectNode read() {
        try {
            JsonNode found = Files.exists(file) ? json.readTree(Files.readAllBytes(file)) : null;
            return found instanceof ObjectNode object ? object : json.createObjectNode();
        } catch (IOException e) {
            LOG.warnf("%s: not readable, %s", file, e.getMessage());
            return json.createObjectNode();
        }
    }

    Optional<Saved> get(String customEvent) {
        try {
            JsonNode found = saved.path(customEvent);
            return found.isMissingNode()
                    ? Optional.empty()
                    : Optional.of(new Saved(
                            EventSchema.read(json.writeValueAsBytes(found.path("answer"))),
                            Instant.parse(found.path("at").asText())));
        } catch (IOException | DateTimeException notASchema) {
            return Optional.empty();
        }
    }

    void put(String customEvent, byte[] answer, Instant at) throws IOException {
        saved.putObject(customEvent).put("at", at.toString()).set("answer", json.readTree(answer));
    }

    /** Saves all schemas; a crash leaves either the old or the new file. Creates a missing folder, and logs a failure once. */
    void write() {
        try {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.createDirectories(part.toAbsolutePath().getParent());
            Files.write(part, json.writeValueAsBytes(saved));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            lines.end(NOT_WRITTEN);
        } catch (IOException e) {
            if (lines.isDue(NOT_WRITTEN)) {
                LOG.warnf("%s: not written, %s; the schemas of custom events are kept in memory only", file, e);
            }
        }
    }
}
