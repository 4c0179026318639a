package dev.listrakrelay.routes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The lint of {@code routes/}: everything that a route names exists. */
class RouteFilesTest {

    private static final int MOST_LINES = 60;
    private static final Path ROUTES = Path.of("routes");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}:?]+)}}");
    private static final Pattern DIRECT_TO = Pattern.compile("(?:to: |to\\(\")(direct:[a-z-]+)");
    private static final Pattern REF =
            Pattern.compile("(?:ref: ?\"?|aggregationStrategy: |\"#)([A-Za-z]+)(?![A-Za-z-])");
    /** A parameter of a route template. */
    private static final Pattern PARAMETER = Pattern.compile("(?m)^ {6}- \\{?name: ([a-z]+)(?:,.*)?$");

    private static final Pattern NAMED = Pattern.compile("@Named\\(\"([A-Za-z]+)\"\\)");
    /** A step in short form, {@code to: https:…}, which can have no id. */
    private static final Pattern NAMELESS = Pattern.compile("(to: (?!direct:)[\"a-z].*)");
    /** A property that is set, or that is a comment because the operator has to set it. */
    private static final Pattern PROPERTY = Pattern.compile("(?m)^#?([a-z][a-z0-9.-]+)=");

    @ParameterizedTest
    @MethodSource("filesAndExamples")
    void aRouteIsNamedAsItsFileAndSaysWhatItDoes(Path file) {
        String station =
                file.getFileName().toString().replaceFirst("^\\d\\d-", "").replace(".camel.yaml", "");
        List<Map<String, Object>> routes = routes(file);
        for (int i = 0; i < routes.size(); i++) {
            Map<String, Object> route = routes.get(i);
            String id = String.valueOf(route.get("id"));
            assertThat(id, i == 0 ? is(station) : startsWith(station + "-"));
            assertThat(
                    id + " has a description",
                    String.valueOf(route.get("description")).length() > 20,
                    is(true));
        }
    }

    @ParameterizedTest
    @MethodSource("filesAndExamples")
    void aRouteFileFitsOnAScreen(Path file) {
        assertThat(text(file).lines().count(), lessThan((long) MOST_LINES));
    }

    @Test
    void everyFileHoldsRoutesOrWhatIsDoneAboutFailures() {
        for (Path file : files().toList()) {
            assertThat(
                    file.toString(),
                    routes(file).isEmpty(),
                    is(!blocks(file, "routeConfiguration").isEmpty()));
        }
    }

    @Test
    void everyDirectHasOneConsumerAndACaller() {
        List<String> consumers = files().flatMap(file -> routes(file).stream())
                .map(route -> String.valueOf(((Map<?, ?>) route.get("from")).get("uri")))
                .filter(uri -> uri.startsWith("direct:"))
                .sorted()
                .toList();
        Set<String> called = Stream.concat(files(), sources())
                .flatMap(file -> found(DIRECT_TO, text(file)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(consumers, is(List.copyOf(called)));
    }

    @Test
    void everyPlaceholderIsInApplicationProperties() {
        Set<String> properties =
                found(PROPERTY, text(Path.of("application.properties"))).collect(Collectors.toSet());
        Set<String> used =
                files().flatMap(file -> found(PLACEHOLDER, text(file))).collect(Collectors.toCollection(TreeSet::new));

        assertThat(used, not(empty()));
        used.removeAll(properties);
        files().flatMap(file -> found(PARAMETER, text(file))).forEach(used::remove);
        assertThat("placeholders that application.properties doesn't have", used, empty());
    }

    @Test
    void everyRefNamesABean() {
        Set<String> beans = sources().flatMap(file -> found(NAMED, text(file))).collect(Collectors.toSet());
        Set<String> used = filesAndExamples()
                .flatMap(file -> found(REF, text(file)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used, not(empty()));
        used.removeAll(beans);
        assertThat("refs that no @Named bean has", used, empty());
    }

    @Test
    void theReadmeListsEveryRoute() {
        String readme = text(ROUTES.resolve("README.md"));
        Set<String> toTell = files().flatMap(file -> routes(file).stream())
                .map(route -> String.valueOf(route.get("id")))
                .collect(Collectors.toCollection(TreeSet::new));

        toTell.removeIf(id -> readme.contains("\n| `" + id + "`"));
        assertThat("missing in routes/README.md", toTell, empty());
    }

    @Test
    void thePageOfStepsListsEveryBean() {
        String page = text(Path.of("src/docs/reference/steps.md"));
        Set<String> toTell = filesAndExamples()
                .flatMap(file -> found(REF, text(file)))
                .collect(Collectors.toCollection(TreeSet::new));

        toTell.removeIf(name -> page.contains("`" + name + "`") || page.contains("\"#" + name + "\""));
        assertThat("missing in src/docs/reference/steps.md", toTell, empty());
    }

    @Test
    void everyRouteThatNamesItsFailuresFindsThem() {
        Set<Object> configurations = files().flatMap(file -> blocks(file, "routeConfiguration").stream())
                .map(configuration -> configuration.get("id"))
                .collect(Collectors.toSet());
        Set<Object> used = files().flatMap(file -> routes(file).stream())
                .map(route -> route.get("routeConfigurationId"))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());

        assertThat(used, is(configurations));
    }

    @Test
    void everyStepThatCallsOutsideHasAnId() {
        List<String> nameless =
                filesAndExamples().flatMap(file -> found(NAMELESS, text(file))).toList();

        assertThat(nameless, empty());
    }

    static Stream<Path> filesAndExamples() {
        return Stream.concat(files(), files(ROUTES.resolve("examples")));
    }

    static Stream<Path> files() {
        return files(ROUTES);
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The routes of a file and of its templates; a template's route has the template's id and description. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> routes(Path file) {
        List<Map<String, Object>> routes = new ArrayList<>();
        List<Map<String, Map<String, Object>>> all = new Yaml().load(text(file));
        for (Map<String, Map<String, Object>> block : all) {
            if (block.containsKey("route")) {
                routes.add(block.get("route"));
            } else if (block.containsKey("routeTemplate")) {
                Map<String, Object> template = block.get("routeTemplate");
                Map<String, Object> route = new HashMap<>((Map<String, Object>) template.get("route"));
                route.put("id", template.get("id"));
                route.put("description", template.get("description"));
                routes.add(route);
            }
        }
        return routes;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> blocks(Path file, String kind) {
        List<Map<String, Object>> all = new Yaml().load(text(file));
        return all.stream()
                .map(block -> (Map<String, Object>) block.get(kind))
                .filter(Objects::nonNull)
                .toList();
    }
}
