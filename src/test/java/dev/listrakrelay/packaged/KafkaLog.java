package dev.listrakrelay.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * Formats the log folder of a Kafka that hasn't run yet. Kafka's tool makes one folder per test JVM, in its own
 * process; each broker gets a copy with its own number and id.
 */
final class KafkaLog {

    private static final String CLUSTER = "4L6g3nShT-eMCtK--X86sw";
    private static final String META = "meta.properties";

    private static Path formatted;

    private KafkaLog() {}

    /** Fills the empty folder {@code log} of the broker with this number. */
    static void copyTo(Path log, int node) {
        Path from = formatted();
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(log);
            for (Path file : files.toList()) {
                Files.copy(file, log.resolve(file.getFileName()));
            }
            String meta = Files.readString(from.resolve(META))
                    .replaceAll("(?m)^node.id=.*$", "node.id=" + node)
                    .replaceAll("(?m)^directory.id=.*$", "directory.id=" + Uuid.randomUuid());
            Files.writeString(log.resolve(META), meta);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized Path formatted() {
        if (formatted == null) {
            formatted = format();
        }
        return formatted;
    }

    private static Path format() {
        try {
            Path folder = Files.createTempDirectory("relay-kafka-format");
            Path properties = Files.writeString(
                    folder.resolve("server.properties"),
                    """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.voters=1@localhost:1
                    listeners=CONTROLLER://localhost:1,PLAINTEXT://localhost:2
                    controller.listener.names=CONTROLLER
                    log.dirs=%s
                    """
                            .formatted(folder.resolve("log")));
            Process format = Broker.java(
                    folder, "64m", "kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", properties.toString());
            if (format.waitFor() != 0) {
                throw new IllegalStateException("not formatted, see " + Broker.log(folder));
            }
            return folder.resolve("log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
