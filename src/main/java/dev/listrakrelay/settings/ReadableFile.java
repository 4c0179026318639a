package dev.listrakrelay.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks a setting whose value is the path of a file.
 *
 * @param key the key of the setting
 */
public record ReadableFile(String key) {

    /**
     * Describes what is wrong with the file, as <em>where: what, expected, found</em>; empty if the file is readable or the
     * setting is not set.
     *
     * @param value returns the configured value of a key
     */
    public Optional<String> mistake(Function<String, Optional<String>> value) {
        return value.apply(key)
                .filter(file -> !Files.isRegularFile(Path.of(file)) || !Files.isReadable(Path.of(file)))
                .map(file ->
                        key + " (" + ConfiguredName.variableOf(key) + "): expected a readable file, found " + file);
    }
}
