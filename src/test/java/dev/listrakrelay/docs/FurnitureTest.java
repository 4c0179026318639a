package dev.listrakrelay.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The files for contributors are readable and complete, and each path, profile, property and test that they name
 * exists.
 */
class FurnitureTest {

    private static final Path HERE = Path.of(".github");
    private static final Pattern PATH = Pattern.compile("(?:`|bash )(\\.?\\w[\\w.-]*(?:/[\\w.-]+)+/?)");
    private static final Pattern DIRECTORY = Pattern.compile("directory: /(\\S*)");
    private static final Pattern PROFILES = Pattern.compile("-P([\\w,]+)");
    private static final Pattern PROPERTY = Pattern.compile("-D(relay\\.[\\w-]+)=");
    private static final Pattern TEST = Pattern.compile("-D(?:it\\.)?test=(?!None)(\\w+)(?:#(\\w+))?");
    private static final Pattern TAG = Pattern.compile("-D(?:groups|excludedGroups)=(\\w+)");

    @ParameterizedTest
    @CsvSource({
        ".github/workflows/ci.yml, 'name, on, permissions, jobs'",
        ".github/dependabot.yml, 'version, updates'",
        ".github/ISSUE_TEMPLATE/bug.yml, 'name, description, body'",
        ".github/ISSUE_TEMPLATE/feature.yml, 'name, description, body'",
        ".github/ISSUE_TEMPLATE/config.yml, 'blank_issues_enabled'",
        ".devcontainer/devcontainer.json, 'name, image, features'"
    })
    void eachFileCanBeReadAndHasWhatItNeeds(Path file, String members) throws IOException {
        // when
        JsonNode read = new YAMLMapper().readTree(file.toFile());

        // then
        for (String member : members.split(", ")) {
            assertTrue(read.has(member), file + ": " + member + ": missing");
        }
    }

    @Test
    void everyPathThatIsNamedIsThere() throws IOException {
        List<String> missing = Stream.concat(named(PATH), named(DIRECTORY))
                .filter(path -> !path.startsWith("target/"))
                .filter(path -> !Files.exists(Path.of(path)))
                .toList();

        assertEquals(List.of(), missing);
    }

    @Test
    void everyMavenProfileThatIsNamedIsInThePom() throws IOException {
        Set<String> profiles = new TreeSet<>();
        named(PROFILES).forEach(some -> profiles.addAll(List.of(some.split(","))));
        assertTrue(profiles.size() > 2);
        Pom.texts("/project/profiles/profile/id").forEach(profiles::remove);

        assertEquals(Set.of(), profiles);
    }

    @Test
    void everyTestPropertyAndTagThatIsNamedIsThere() throws IOException {
        String tests =
                Pages.files(Path.of("src/test/java"), ".java").map(Pages::text).collect(Collectors.joining("\n"));
        Stream<String> needed = Stream.of(
                        named(PROPERTY).map(property -> "\"" + property + "\""),
                        named(TEST).map(test -> "class " + test + " "),
                        named(TEST, 2).map(method -> "void " + method + "("),
                        named(TAG).map(tag -> "@Tag(\"" + tag + "\")"))
                .flatMap(all -> all);

        assertEquals(
                List.of(),
                needed.filter(text -> !tests.contains(text)).distinct().toList());
    }

    private static Stream<String> named(Pattern what) throws IOException {
        return named(what, 1);
    }

    private static Stream<String> named(Pattern what, int group) throws IOException {
        return Stream.of(".md", ".yml")
                .flatMap(ending -> files(ending))
                .flatMap(file -> what.matcher(Pages.text(file)).results())
                .map(found -> found.group(group))
                .filter(found -> found != null && !found.isEmpty());
    }

    private static Stream<Path> files(String ending) {
        try {
            return Pages.files(HERE, ending);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
