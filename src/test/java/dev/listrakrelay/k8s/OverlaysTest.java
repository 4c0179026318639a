package dev.listrakrelay.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What k8s/ says agrees with itself, with the routes and with the program. Needs kubectl. */
class OverlaysTest {

    private static final String ETC = "/etc/listrak-relay/";

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void everyRouteFileIsMountedWhereItIsLookedFor(Path overlay) throws IOException {
        // given
        List<String> files;
        try (Stream<Path> listed = Files.list(Path.of("routes"))) {
            files = listed.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".camel.yaml"))
                    .toList();
        }

        // when
        List<JsonNode> objects = Manifests.render(overlay);

        // then
        String pattern = variable(objects, "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN");
        assertThat(pattern, is("file:" + ETC + "routes/*.camel.yaml"));
        assertThat(filesMountedAt(ETC + "routes", objects), containsInAnyOrder(files.toArray()));
    }

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void theMappingFileIsMountedWhereItIsLookedFor(Path overlay) {
        // given
        // when
        List<JsonNode> objects = Manifests.render(overlay);

        // then
        Path file = Path.of(variable(objects, "MAPPING_FILE"));
        String name = file.getFileName().toString();
        assertThat(filesMountedAt(file.getParent().toString(), objects), hasItem(name));
    }

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void nothingIsWrittenButToWhatIsMountedForIt(Path overlay) {
        // given
        // when
        List<JsonNode> objects = Manifests.render(overlay);

        // then
        JsonNode security = container(objects).path("securityContext");
        assertThat(security.path("readOnlyRootFilesystem").asBoolean(), is(true));
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true), is(false));
        assertThat(pod(objects).at("/securityContext/runAsNonRoot").asBoolean(), is(true));
        assertThat(mountPaths(objects), hasItem("/tmp"));
        String spool = variable(objects, "SPOOL_DIR");
        assertThat(mountPaths(objects).stream().anyMatch(path -> spool.startsWith(path + "/")), is(true));
    }

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void aStopIsGivenMoreTimeThanItMayTake(Path overlay) throws IOException {
        // given
        int shutdownTimeout = Integer.parseInt(properties().getProperty("camel.main.shutdown-timeout"));

        // when
        List<JsonNode> objects = Manifests.render(overlay);

        // then
        int grace = pod(objects).path("terminationGracePeriodSeconds").asInt();
        assertThat(grace, greaterThan(shutdownTimeout));
    }

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void thePortsAreThoseOfTheProgramAndHealthIsAskedForOnTheManagementPort(Path overlay) throws IOException {
        // given
        Properties properties = properties();

        // when
        List<JsonNode> objects = Manifests.render(overlay);

        // then
        JsonNode container = container(objects);
        assertThat(port(container, "http"), is(properties.getProperty("quarkus.http.port")));
        assertThat(port(container, "management"), is(properties.getProperty("quarkus.management.port")));
        assertThat(container.findValuesAsText("path"), everyItem(startsWith("/q/health/")));
        List<String> probed = Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                .map(probe -> container.path(probe).path("httpGet").path("port").asText())
                .distinct()
                .toList();
        assertThat(probed, is(List.of("management")));
    }

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void theImageIsOfTheVersionThatIsBuilt(Path overlay) throws IOException {
        // given
        String version = Files.readString(Path.of("pom.xml")).replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");

        // when
        List<JsonNode> objects = Manifests.render(overlay);

        // then
        assertThat(container(objects).path("image").asText(), endsWith(":" + version));
    }

    @Test
    void theCertificateIsForTheHostThatIsServedAndTheMonitorFindsTheService() throws IOException {
        // given
        Path overlay = Manifests.overlays().get(0);

        // when
        List<JsonNode> objects = Manifests.render(overlay, Manifests.components(), folder);

        // then
        JsonNode ingress = one(objects, "Ingress").path("spec");
        assertThat(ingress.at("/tls/0/hosts/0"), is(ingress.at("/rules/0/host")));
        JsonNode service = one(objects, "Service");
        JsonNode monitor = one(objects, "ServiceMonitor").path("spec");
        assertThat(monitor.at("/selector/matchLabels"), is(service.at("/metadata/labels")));
        List<String> ports = service.path("spec").findValuesAsText("name");
        assertThat(ports, hasItem(monitor.at("/endpoints/0/port").asText()));
        assertThat(
                ports,
                hasItem(ingress.at("/rules/0/http/paths/0/backend/service/port/name")
                        .asText()));
    }

    private static Properties properties() throws IOException {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            properties.load(file);
        }
        return properties;
    }

    private static JsonNode one(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode pod(List<JsonNode> objects) {
        return objects.stream()
                .map(object -> object.at("/spec/template/spec"))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode container(List<JsonNode> objects) {
        return pod(objects).at("/containers/0");
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static JsonNode named(JsonNode list, String name) {
        return each(list)
                .filter(item -> item.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String variable(List<JsonNode> objects, String name) {
        return named(container(objects).path("env"), name).path("value").asText();
    }

    private static String port(JsonNode container, String name) {
        return named(container.path("ports"), name).path("containerPort").asText();
    }

    private static List<String> mountPaths(List<JsonNode> objects) {
        return container(objects).path("volumeMounts").findValuesAsText("mountPath");
    }

    /** The files of the ConfigMap that is mounted there. */
    private static List<String> filesMountedAt(String path, List<JsonNode> objects) {
        JsonNode mount = each(container(objects).path("volumeMounts"))
                .filter(each -> each.path("mountPath").asText().equals(path))
                .findFirst()
                .orElseThrow();
        String map = named(pod(objects).path("volumes"), mount.path("name").asText())
                .at("/configMap/name")
                .asText();
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals("ConfigMap"))
                .filter(object -> object.at("/metadata/name").asText().equals(map))
                .flatMap(object -> object.path("data").properties().stream())
                .map(Map.Entry::getKey)
                .toList();
    }
}
