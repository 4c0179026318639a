package dev.listrakrelay.packaged;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The SDKs of {@code src/test/resources/clients}, which {@code npm ci} installs into {@code target/clients} once. */
final class NpmClients {

    private static final int OLDEST_NODE = 20;
    private static final Path FROM = Path.of("src", "test", "resources", "clients");
    private static final Path FOLDER = Path.of("target", "clients");
    private static final Path INSTALLED = FOLDER.resolve("installed-package-lock.json");

    private NpmClients() {}

    /** Skips the test where node or npm is missing, or too old for the SDKs. */
    static void assumeInstalled() {
        Machine.assumeInstalled("node", "npm");
        String version = Machine.runIn(Path.of("."), "node", "--version").strip();
        assumeTrue(
                Integer.parseInt(version.replaceAll("v(\\d+).*", "$1")) >= OLDEST_NODE,
                "needs node " + OLDEST_NODE + ", found " + version + ": skipped");
        try {
            Files.createDirectories(FOLDER);
            try (Stream<Path> files = Files.list(FROM)) {
                for (Path file : files.toList()) {
                    Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Path lock = FOLDER.resolve("package-lock.json");
            if (!Files.exists(INSTALLED) || Files.mismatch(lock, INSTALLED) >= 0) {
                Machine.runIn(FOLDER, "npm", "ci", "--no-audit", "--no-fund");
                Files.copy(lock, INSTALLED, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script to its end. */
    static void run(String script, String... arguments) {
        String[] command =
                Stream.concat(Stream.of("node", script), Stream.of(arguments)).toArray(String[]::new);
        Machine.runIn(FOLDER, command);
    }

    /** A file of a package. */
    static Path file(String path) {
        return FOLDER.resolve("node_modules").resolve(path);
    }
}
