package dev.listrakrelay.start;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import dev.listrakrelay.k8s.Manifests;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program knows every variable that k8s/ sets. */
class ManifestSettingsTest {

    /** The names of the webhook in the example. */
    private static final Map<String, Set<String>> NAMES = ConfiguredNames.in(new SmallRyeConfigBuilder()
            .withDefaultValue("webhook.cart.secret", "")
            .build());

    private static final Pattern SECRET = Pattern.compile("(?m)^ {2}(?:# )?([A-Z][A-Z_]+):");

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#all")
    void everyVariableIsKnown(Path overlay) throws IOException {
        // given
        Set<String> known = known();

        // when
        Set<String> variables = variables(Manifests.render(overlay));

        // then
        assertThat(variables, not(empty()));
        variables.removeAll(known);
        assertThat(variables, empty());
    }

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void everyVariableOfAComponentIsKnown(Path overlay, @TempDir Path folder) throws IOException {
        // given
        // when
        Set<String> variables = variables(Manifests.render(overlay, Manifests.components(overlay), folder));

        // then
        variables.removeAll(known());
        assertThat(variables, empty());
    }

    private static Set<String> variables(List<JsonNode> objects) {
        return objects.stream()
                .flatMap(object -> object.findValues("env").stream())
                .flatMap(env -> env.findValuesAsText("name").stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyKeyOfTheSecretIsKnownAlsoOneInAComment() throws IOException {
        // given
        String example = Files.readString(Manifests.SECRET_EXAMPLE);

        // when
        Set<String> variables = SECRET.matcher(example)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        // then
        assertThat(variables, not(empty()));
        variables.removeAll(known());
        assertThat(variables, empty());
    }

    @Test
    void theSecretHasEveryKeyThatIsNeeded() throws IOException {
        // given
        List<String> needed = List.of(
                "LISTRAK_CLIENT_ID",
                "LISTRAK_CLIENT_SECRET",
                "LISTRAK_COMPANY_ID",
                "LISTRAK_EVENT_UID",
                "SOURCE_REST_WRITE_KEYS");

        // when
        JsonNode secret =
                Manifests.parse(Files.readString(Manifests.SECRET_EXAMPLE)).get(0);

        // then
        List<String> missing = needed.stream()
                .filter(key -> !secret.path("stringData").has(key))
                .toList();
        assertThat(missing, empty());
    }

    /** The relay's settings, and Quarkus' and Camel's settings in application.properties. */
    private static Set<String> known() throws IOException {
        Properties properties = new Properties();
        properties.load(Files.newBufferedReader(Path.of("application.properties")));
        Stream<String> ours = ConfigurationCheck.MAPPINGS.stream()
                .flatMap(Setting::of)
                .flatMap(setting -> setting.named(NAMES))
                .map(Setting::key);
        return Stream.concat(ours, properties.stringPropertyNames().stream())
                .map(Setting::variable)
                .collect(Collectors.toSet());
    }
}
