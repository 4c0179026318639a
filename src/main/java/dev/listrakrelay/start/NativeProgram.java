package dev.listrakrelay.start;

import dev.listrakrelay.settings.Program;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What a native executable needs before anything else is loaded. */
final class NativeProgram {

    private static final String TEMPORARY = "java.io.tmpdir";

    private NativeProgram() {}

    /**
     * Gives a native executable a temporary folder of its own, which is gone when it ends. Quarkus unpacks Kafka's Snappy
     * library there under a name that is always the same, and a second process would write over what the first one runs.
     * A JVM's Snappy takes another name each time.
     */
    static void usePrivateTemporaryFolder() {
        if (!Program.isNative()) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("listrak-relay-");
            System.setProperty(TEMPORARY, folder.toString());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    System.getProperty(TEMPORARY) + ": no folder can be made in it for temporary files", e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException left) {
            // what is left there is small, and whoever cleans the temporary folder takes it away
        }
    }
}
