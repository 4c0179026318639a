package dev.listrakrelay.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Checks the folder of the file source before the start, if the source is on. */
public final class FileSourceCheck {

    private FileSourceCheck() {}

    /** @param value the configured value of a key */
    public static List<String> mistakes(Function<String, Optional<String>> value) {
        if (!value.apply("source.file.enabled").map(Boolean::parseBoolean).orElse(false)) {
            return List.of();
        }
        Optional<Path> dir = value.apply("source.file.dir").map(Path::of);
        if (dir.isEmpty()) {
            return List.of(
                    "source.file.dir: missing, expected the folder to read files from;" + " set SOURCE_FILE_DIR");
        }
        return Files.isDirectory(dir.get()) && Files.isWritable(dir.get())
                ? List.of()
                : List.of("source.file.dir (SOURCE_FILE_DIR): expected a writable folder, found "
                        + dir.get().toAbsolutePath());
    }
}
