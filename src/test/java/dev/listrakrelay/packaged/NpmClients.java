package dev.listrakrelay.packaged;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Runs the SDKs of {@code src/test/resources/clients}; {@code npm ci} installs them into {@code target/clients} once.
 */
final class NpmClients {

    private static final int OLDEST_NODE = 20;
    private static final Path FROM = Path.of("src", "test", "resources", "clients");
    private static final Path FOLDER = Path.of("target", "clients");
    private static final Path INSTALLED = FOLDER.resolve("installed-package-lock.json");

    private NpmClients() {}

    /** Installs the SDKs. Skips the test if node or npm is missing, or too old for the SDKs. */
    static void assumeInstalled() {
        Machine.assumeInstalled("node", "npm");
        String version = Machine.runIn(Path.of("."), "node", "--version").strip();
        assumeTrue(
                Integer.parseInt(version.replaceAll("v(\\d+).*", "$1")) >= OLDEST_NODE,
                "needs node " + OLDEST_NODE + ", found " + version + ": skipped");
        try {
            Files.createDirectories(FOLDER);
            // a lock, because test JVMs run in parallel
            try (FileChannel lock = FileChannel.open(
                    FOLDER.resolve("install.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                install();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void install() throws IOException {
        try (Stream<Path> files = Files.list(FROM)) {
            for (Path file : files.toList()) {
                copyUnlessSame(file, FOLDER.resolve(file.getFileName()));
            }
        }
        Path packages = FROM.resolve("package-lock.json");
        if (!isSame(packages, INSTALLED)) {
            Machine.runIn(FOLDER, "npm", "ci", "--no-audit", "--no-fund");
            copyUnlessSame(packages, INSTALLED);
        }
    }

    /** Copies a file only if it changed, because another test JVM may be running it. */
    private static void copyUnlessSame(Path from, Path to) throws IOException {
        if (!isSame(from, to)) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Files.exists(other) && Files.mismatch(one, other) < 0;
    }

    /** Runs a script to its end. */
    static void run(String script, String... arguments) {
        String[] command =
                Stream.concat(Stream.of("node", script), Stream.of(arguments)).toArray(String[]::new);
        Machine.runIn(FOLDER, command);
    }

    /** A file of an installed package. */
    static Path file(String path) {
        return FOLDER.resolve("node_modules").resolve(path);
    }
}
