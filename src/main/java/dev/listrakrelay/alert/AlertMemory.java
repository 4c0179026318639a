package dev.listrakrelay.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.spool.Event;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Remembers in a file what was told, and which alerts may not be in the spool yet. A crash leaves the old or the new file.
 * An alert is in the file before it is in the spool, so a restart stores it again under its old id, and the spool keeps one.
 */
final class AlertMemory {

    private static final Logger LOG = Logger.getLogger(AlertMemory.class);
    private static final String NOT_WRITTEN = "not written";

    private final ObjectMapper json = new ObjectMapper();
    private final LogRateLimiter lines = LogRateLimiter.onceUntilEnded();
    private final Path file;
    private final Map<String, ToldProblem> told = new LinkedHashMap<>();
    private final List<Event> unstored = new ArrayList<>();
    private ObjectNode sources;

    AlertMemory(Path file, Instant now) {
        this.file = file;
        this.sources = json.createObjectNode();
        read(now);
    }

    private void read(Instant now) {
        try {
            if (Files.exists(file)) {
                JsonNode saved = json.readTree(Files.readAllBytes(file));
                for (JsonNode one : saved.path("told")) {
                    ToldProblem problem = ToldProblem.read(one, now);
                    told.put(problem.problem().id(), problem);
                }
                for (JsonNode one : saved.path("unstored")) {
                    unstored.add(Alert.event(one.path("messageId").asText(), one.path("alert")));
                }
                sources = saved.path("sources") instanceof ObjectNode found ? found : sources;
            }
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            LOG.warnf("%s: not readable, alerts may be sent a second time, %s", file, e);
        }
    }

    /** Returns the problems that were told, by id; changes of the map are saved with the next call of {@link #save}. */
    Map<String, ToldProblem> told() {
        return told;
    }

    /** Returns what the sources of problems saved. */
    ObjectNode sources() {
        return sources;
    }

    /** Returns the alerts that may not be in the spool yet. */
    List<Event> unstored() {
        return List.copyOf(unstored);
    }

    void add(ObjectNode alert) {
        unstored.add(Alert.event(UUID.randomUUID().toString(), alert));
    }

    /** Records that all alerts are in the spool. */
    void stored() {
        unstored.clear();
    }

    /** Saves everything, and returns when it is on disk. A failure is logged once. */
    void save() {
        try {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.createDirectories(part.toAbsolutePath().getParent());
            Files.write(part, json.writeValueAsBytes(toJson()));
            try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            lines.end(NOT_WRITTEN);
        } catch (IOException e) {
            if (lines.isDue(NOT_WRITTEN)) {
                LOG.warnf("%s: not written, after a restart alerts may be sent a second time, %s", file, e);
            }
        }
    }

    private ObjectNode toJson() throws IOException {
        ObjectNode all = json.createObjectNode();
        ArrayNode problems = all.putArray("told");
        told.values().forEach(one -> one.writeTo(problems.addObject()));
        ArrayNode alerts = all.putArray("unstored");
        for (Event one : unstored) {
            alerts.addObject().put("messageId", one.messageId()).set("alert", json.readTree(one.raw()));
        }
        all.set("sources", sources);
        return all;
    }
}
