package dev.listrakrelay.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** A setting that names a file to be read. */
public record ReadableFile(String key) {

    /**
     * What is wrong with it, as <em>where: what, expected, found</em>; empty if nothing is, or if it isn't set.
     *
     * @param value what is configured under a key
     */
    public Optional<String> mistake(Function<String, Optional<String>> value) {
        return value.apply(key)
                .filter(file -> !Files.isRegularFile(Path.of(file)) || !Files.isReadable(Path.of(file)))
                .map(file ->
                        key + " (" + GivenName.variableOf(key) + "): expected a file that can be read, found " + file);
    }
}
