package dev.listrakrelay.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What k8s/ says agrees with itself, with the routes and with the program. Needs kubectl. */
class OverlaysTest {

    private static final String ETC = "/etc/listrak-relay/";

    private static final Path OVERLAY = Path.of("k8s", "overlays", "single");
    private static final Pattern PATH = Pattern.compile("uri: platform-http:(\\S+)");

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
        Rendered rendered = Rendered.of(overlay);

        // then
        String pattern = rendered.variable("CAMEL_MAIN_ROUTES_INCLUDE_PATTERN");
        assertThat(pattern, is("file:" + ETC + "routes/*.camel.yaml"));
        assertThat(rendered.filesMountedAt(ETC + "routes"), containsInAnyOrder(files.toArray()));
    }

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void theMappingFileIsMountedWhereItIsLookedFor(Path overlay) {
        // given
        // when
        Rendered rendered = Rendered.of(overlay);

        // then
        Path file = Path.of(rendered.variable("MAPPING_FILE"));
        String name = file.getFileName().toString();
        assertThat(rendered.filesMountedAt(file.getParent().toString()), hasItem(name));
    }

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void nothingIsWrittenButToWhatIsMountedForIt(Path overlay) {
        // given
        // when
        Rendered rendered = Rendered.of(overlay);

        // then
        JsonNode security = rendered.container().path("securityContext");
        assertThat(security.path("readOnlyRootFilesystem").asBoolean(), is(true));
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true), is(false));
        assertThat(rendered.pod().at("/securityContext/runAsNonRoot").asBoolean(), is(true));
        assertThat(rendered.mountPaths(), hasItem("/tmp"));
        String spool = rendered.variable("SPOOL_DIR");
        assertThat(rendered.mountPaths().stream().anyMatch(path -> spool.startsWith(path + "/")), is(true));
    }

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void aStopIsGivenMoreTimeThanItMayTake(Path overlay) throws IOException {
        // given
        int shutdownTimeout = Integer.parseInt(properties().getProperty("camel.main.shutdown-timeout"));

        // when
        Rendered rendered = Rendered.of(overlay);

        // then
        int grace = rendered.pod().path("terminationGracePeriodSeconds").asInt();
        assertThat(grace, greaterThan(shutdownTimeout));
    }

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void thePortsAreThoseOfTheProgramAndHealthIsAskedForOnTheManagementPort(Path overlay) throws IOException {
        // given
        Properties properties = properties();

        // when
        Rendered rendered = Rendered.of(overlay);

        // then
        JsonNode container = rendered.container();
        assertThat(rendered.port("http"), is(properties.getProperty("quarkus.http.port")));
        assertThat(rendered.port("management"), is(properties.getProperty("quarkus.management.port")));
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
        Rendered rendered = Rendered.of(overlay);

        // then
        assertThat(rendered.container().path("image").asText(), endsWith(":" + version));
    }

    @Test
    void everyPathOfARouteIsReachedFromOutside() throws IOException {
        // given
        StringBuilder routes = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                routes.append(Files.readString(file));
            }
        }

        // when
        Rendered rendered = new Rendered(Manifests.render(OVERLAY, Manifests.components(), folder));

        // then
        List<String> reached = rendered.one("Ingress").findValuesAsText("path");
        List<String> unreached = PATH.matcher(routes)
                .results()
                .map(found -> found.group(1))
                .filter(path -> reached.stream().noneMatch(path::startsWith))
                .toList();
        assertThat(reached, not(empty()));
        assertThat(unreached, empty());
    }

    @Test
    void theCertificateIsForTheHostThatIsServedAndTheMonitorFindsTheService() throws IOException {
        // given
        // when
        Rendered rendered = new Rendered(Manifests.render(OVERLAY, Manifests.components(), folder));

        // then
        JsonNode ingress = rendered.one("Ingress").path("spec");
        assertThat(ingress.at("/tls/0/hosts/0"), is(ingress.at("/rules/0/host")));
        JsonNode service = rendered.one("Service");
        JsonNode monitor = rendered.one("ServiceMonitor").path("spec");
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
}
