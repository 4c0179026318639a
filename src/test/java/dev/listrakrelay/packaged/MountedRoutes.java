package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Copies the route files and adds steps, so that a relay can mount them instead of the built-in ones. */
final class MountedRoutes {

    private static final String HERE =
            "                      # a step of your own goes here: the body is the event's JSON\n";

    private static final Pattern STEPS =
            Pattern.compile("(?s)```yaml\n {16}- filter:\n {20}exchangeProperty: rule [^\n]*\n {20}steps:\n(.*?)```");

    private MountedRoutes() {}

    /** Copies the routes into a new folder, with the steps at the place that the comment in the file marks. */
    static Path copy(Path folder, String steps) throws IOException {
        Path routes = Files.createDirectory(folder);
        for (Path file : files(Path.of("routes"))) {
            String text = Files.readString(file);
            Files.writeString(routes.resolve(file.getFileName()), text.replace(HERE, steps));
        }
        assertThat(Files.readString(routes.resolve("30-map.camel.yaml")), containsString(steps));
        return routes;
    }

    /** The example step in src/docs/routes.md, exactly as the page shows it. */
    static String documentedSteps() throws IOException {
        String page = Files.readString(Path.of("src/docs/routes.md"));
        Matcher shown = STEPS.matcher(page);
        assertThat("src/docs/routes.md shows a filter", shown.find());
        return shown.group(1);
    }

    static List<Path> files(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).toList();
        }
    }

    static void mount(PackagedRelay relay, Path routes) {
        relay.with("CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", "file:" + routes + "/*.camel.yaml");
    }
}
