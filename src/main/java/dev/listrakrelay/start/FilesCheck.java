package dev.listrakrelay.start;

import dev.listrakrelay.settings.ConfiguredName;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Checks that the relay can read the configured files of Camel and Quarkus: routes, certificates and keys. */
final class FilesCheck {

    private static final String ROUTES = "camel.main.routes-include-pattern";
    private static final String FILE = "file:";
    private static final Pattern CERTIFICATE = Pattern.compile("quarkus\\.(tls\\.(.+\\.)?(key|trust)-store"
            + "\\.(pem\\.(.+\\.)?(cert|key|certs)|(p12|jks)\\.path)"
            + "|(http|management)\\.ssl\\.certificate\\.(files|key-files))(\\[\\d+])?");

    private FilesCheck() {}

    /** Returns the mistakes, each as <em>where: what, expected, found</em>; empty if every file is readable. */
    static List<String> mistakes(SmallRyeConfig config) {
        List<String> mistakes = new ArrayList<>();
        values(config, ROUTES)
                .filter(pattern -> pattern.startsWith(FILE) && !matchesReadableFile(pattern.substring(FILE.length())))
                .forEach(pattern -> mistakes.add(ConfiguredName.withVariable(ROUTES, ConfiguredName.variableOf(ROUTES))
                        + ": expected route files such as file:/etc/listrak-relay/routes/*.camel.yaml,"
                        + " found no readable file for " + pattern));
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(key -> CERTIFICATE.matcher(key).matches())
                .sorted()
                .forEach(key -> values(config, key)
                        .filter(file -> !isReadable(Path.of(file)))
                        .forEach(file -> mistakes.add(key + ": expected a readable file, found " + file)));
        return mistakes;
    }

    private static Stream<String> values(SmallRyeConfig config, String key) {
        String value = config.getConfigValue(key).getValue();
        return value == null
                ? Stream.empty()
                : Arrays.stream(value.split(",")).map(String::strip).filter(one -> !one.isEmpty());
    }

    /** Returns true if a readable file matches a pattern such as {@code /etc/routes/*.camel.yaml} or {@code routes/**}. */
    private static boolean matchesReadableFile(String pattern) {
        String fixed = pattern.replaceFirst("[*?].*", "");
        Path folder = Path.of(fixed.substring(0, fixed.lastIndexOf('/') + 1));
        PathMatcher name =
                FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(pattern.lastIndexOf('/') + 1));
        int depth = pattern.contains("**") ? Integer.MAX_VALUE : 1;
        try (Stream<Path> files = Files.find(folder, depth, (file, is) -> name.matches(file.getFileName()))) {
            return files.anyMatch(FilesCheck::isReadable);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isReadable(Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file);
    }
}
