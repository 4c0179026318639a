package dev.listrakrelay.start;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;

import com.jayway.jsonpath.internal.function.PathFunctionFactory;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The native executable contains all classes that are looked up by name. A test on a JVM would not miss them. */
class NativeReflectionTest {

    private static final Pattern CLASS = Pattern.compile("\\b(?:[a-z]\\w*\\.){2,}[A-Z][\\w$]*");

    /** Includes nested classes, because of {@code ignoreNested = false}. */
    private static final Set<String> KEPT = Arrays.stream(NativeReflection.class
                    .getAnnotation(RegisterForReflection.class)
                    .targets())
            .flatMap(each -> Stream.concat(Stream.of(each), Arrays.stream(each.getDeclaredClasses())))
            .map(Class::getName)
            .collect(Collectors.toSet());

    @Test
    void everyKeyOfTheConfigurationIsKept() {
        // given
        // when
        Set<String> lookedUp = ConfigurationCheck.MAPPINGS.stream()
                .flatMap(Setting::of)
                .map(setting -> setting.method().getDeclaringClass().getName())
                .collect(Collectors.toCollection(TreeSet::new));

        // then
        assertThat(lookedUp, not(empty()));
        lookedUp.removeAll(KEPT);
        assertThat(lookedUp, empty());
    }

    @Test
    void everyClassThatIsKeptByItsNameIsThere() throws ClassNotFoundException {
        // given
        String[] names = NativeReflection.class
                .getAnnotation(RegisterForReflection.class)
                .classNames();

        // when
        for (String name : names) {
            Class.forName(name);
        }

        // then
        assertThat(List.of(names), not(empty()));
    }

    @Test
    void everyFunctionOfJsonPathIsKept() {
        // given
        Set<String> kept = Set.of(NativeReflection.class
                .getAnnotation(RegisterForReflection.class)
                .classNames());

        // when
        Set<String> made = PathFunctionFactory.FUNCTIONS.values().stream()
                .map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        // then
        assertThat(made, not(empty()));
        made.removeAll(kept);
        assertThat(made, empty());
    }

    @Test
    void everyClassThatARouteFileNamesIsKept() throws IOException {
        // given
        List<String> routes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".camel.yaml"))
                    .toList()) {
                routes.add(Files.readString(file).replaceAll("(?m)^\\s*#.*$", ""));
            }
        }

        // when
        Set<String> lookedUp = routes.stream()
                .flatMap(text -> CLASS.matcher(text).results())
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));

        // then
        assertThat(lookedUp, not(empty()));
        lookedUp.removeAll(KEPT);
        assertThat(lookedUp, empty());
    }
}
