package dev.listrakrelay.start;

import dev.listrakrelay.settings.LaunchCommand;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Prepares a native executable before other classes are loaded. */
final class NativeProgram {

    private static final String TEMPORARY = "java.io.tmpdir";

    private NativeProgram() {}

    /**
     * Gives a native executable a temporary folder of its own, and removes the folder when the process ends. Quarkus unpacks
     * Kafka's Snappy library there under a fixed name, so a second process would overwrite the library of the first one. On
     * a JVM, each process unpacks it under a different name.
     */
    static void usePrivateTemporaryFolder() {
        if (!LaunchCommand.isNative()) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("listrak-relay-");
            System.setProperty(TEMPORARY, folder.toString());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    System.getProperty(TEMPORARY) + ": can't create a folder for temporary files in it", e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException left) {
            // the rest is small, and the system cleans its temporary folder
        }
    }
}
