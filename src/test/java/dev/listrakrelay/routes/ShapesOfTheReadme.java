package dev.listrakrelay.routes;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The shapes of {@code src/docs/sending-events.md}, exactly as the page shows them. */
final class ShapesOfTheReadme {

    private static final String PAGE = "src/docs/sending-events.md";
    private static final Pattern SETTINGS = Pattern.compile("(?ms)^```properties\n(source\\.rest\\.shapes.*?)^```$");

    private ShapesOfTheReadme() {}

    static Map<String, String> settings() {
        Properties settings = new Properties();
        try {
            settings.load(new StringReader(found(SETTINGS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, settings::getProperty));
    }

    /** The body that the page posts for this shape. */
    static String body(String shape) {
        return found(Pattern.compile("(?s)/v1/shapes/" + shape + "[^']*-d '([^']*)'"));
    }

    private static String found(Pattern pattern) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(Path.of(PAGE)));
            if (!matcher.find()) {
                throw new IllegalStateException(PAGE + ": expected " + pattern);
            }
            return matcher.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
