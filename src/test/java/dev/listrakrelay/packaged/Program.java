package dev.listrakrelay.packaged;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The packaged program that was built last: a jar, or a native executable. */
final class Program {

    private static final String RUNNER = "-runner";
    private static final Path CLASS_ARCHIVE = Path.of("target", "quarkus-app", "relay.jsa");

    private Program() {}

    /**
     * The command that starts the program with JVM options. A native executable accepts {@code -Xmx} and {@code -D},
     * too.
     */
    static List<String> command(String... options) {
        String program = packaged().toAbsolutePath().toString();
        List<String> command = new ArrayList<>(List.of(options));
        if (program.endsWith(RUNNER)) {
            command.add(0, program);
        } else {
            command.add(
                    0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(QuickJvm.options());
            if (Files.exists(CLASS_ARCHIVE)) {
                command.add("-XX:SharedArchiveFile=" + CLASS_ARCHIVE.toAbsolutePath());
            }
            command.addAll(List.of("-jar", program));
        }
        return command;
    }

    static Path packaged() {
        Path jar = Path.of("target", "quarkus-app", "quarkus-run.jar");
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return Stream.concat(
                            Stream.of(jar), files.filter(file -> file.toString().endsWith(RUNNER)))
                    .filter(Files::exists)
                    .max(Comparator.comparing(Path::toFile, Comparator.comparingLong(File::lastModified)))
                    .orElseThrow(
                            () -> new IllegalStateException("neither " + jar + " nor target/*-runner: mvn package"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
