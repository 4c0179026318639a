package dev.listrakrelay.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

/** The overlays in k8s/ agree with each other, with the routes and with the program. Needs kubectl. */
class OverlaysTest {

    private static final String ETC = "/etc/listrak-relay/";

    private static final Path SCALE = Path.of("k8s", "overlays", "scale");
    private static final Path SINGLE = Path.of("k8s", "overlays", "single");
    private static final String RELAY = "listrak-relay";
    private static final String BUFFER = "listrak-relay-webhooks";
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
    void onlyMountedFoldersAreWritable(Path overlay) {
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
    void aPodHasMoreTimeToStopThanTheRelayNeeds(Path overlay) throws IOException {
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

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void everyPathOfARouteIsReachedFromOutside(Path overlay) throws IOException {
        // given
        StringBuilder routes = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                routes.append(Files.readString(file));
            }
        }

        // when
        Rendered rendered = withComponents(overlay);

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

    @ParameterizedTest
    @MethodSource("dev.listrakrelay.k8s.Manifests#overlays")
    void theCertificateIsForTheHostThatIsServedAndTheMonitorFindsTheService(Path overlay) throws IOException {
        // given
        // when
        Rendered rendered = withComponents(overlay);

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

    @Test
    void theScaleOverlayKeepsNothingInAPodAndMayReachItsKafka() {
        // given
        // when
        Rendered rendered = Rendered.of(SCALE);

        // then
        assertThat(rendered.variable("SPOOL_ENGINE"), is("kafka"));
        assertThat(rendered.pod().path("volumes").findValues("persistentVolumeClaim"), empty());
        assertThat(rendered.variable("SPOOL_DIR"), startsWith("/tmp/"));
        String port = rendered.variable("SPOOL_KAFKA_BROKERS").replaceFirst(".*:", "");
        JsonNode egress = rendered.one("NetworkPolicy").at("/spec/egress");
        assertThat(egress.findValuesAsText("port"), hasItem(port));
    }

    @Test
    void noAutoscalerMakesMoreReplicasThanThereAreLanesOrFewerThanTwo() throws IOException {
        // given
        // when
        Rendered rendered = Rendered.of(SCALE);
        Rendered byLag = withComponents(SCALE);

        // then
        int lanes = Integer.parseInt(rendered.variable("SPOOL_LANES"));
        JsonNode autoscaler = rendered.one("HorizontalPodAutoscaler").path("spec");
        JsonNode scaled = byLag.one("ScaledObject").path("spec");
        assertThat(
                autoscaler.path("maxReplicas").asInt(), is(both(greaterThan(1)).and(lessThanOrEqualTo(lanes))));
        assertThat(scaled.path("maxReplicaCount"), is(autoscaler.path("maxReplicas")));
        assertThat(autoscaler.path("minReplicas").asInt(), is(2));
        assertThat(scaled.path("minReplicaCount"), is(autoscaler.path("minReplicas")));
    }

    @Test
    void theLagIsThatOfTheRelaysGroupAndTopicAndOneAutoscalerIsLeft() throws IOException {
        // given
        Properties properties = properties();

        // when
        Rendered rendered = withComponents(SCALE);

        // then
        JsonNode kafka = rendered.one("ScaledObject").at("/spec/triggers/0/metadata");
        assertThat(kafka.path("bootstrapServers").asText(), is(rendered.variable("SPOOL_KAFKA_BROKERS")));
        assertThat(kafka.path("consumerGroup").asText(), is(properties.getProperty("spool.kafka.group") + ".events"));
        assertThat(kafka.path("topic").asText(), is(properties.getProperty("spool.kafka.prefix") + "events"));
        assertThat(rendered.kinds(), not(hasItem("HorizontalPodAutoscaler")));
        List<JsonNode> targets = List.of(
                rendered.one("ScaledObject").at("/spec/scaleTargetRef/name"),
                Rendered.of(SCALE).one("HorizontalPodAutoscaler").at("/spec/scaleTargetRef/name"));
        assertThat(targets, everyItem(is(rendered.one("Deployment").at("/metadata/name"))));
    }

    @Test
    void theDrainReadsTheVolumeOfSingleAndFillsTheTopicsOfScale() {
        // given
        Rendered single = Rendered.of(Path.of("k8s", "overlays", "single"));
        Rendered scale = Rendered.of(SCALE);

        // when
        Rendered drain = Rendered.of(Manifests.DRAIN);

        // then
        String claim = single.one("StatefulSet")
                        .at("/spec/volumeClaimTemplates/0/metadata/name")
                        .asText() + "-"
                + single.one("StatefulSet").at("/metadata/name").asText() + "-0";
        assertThat(drain.pod().path("volumes").findValuesAsText("claimName"), is(List.of(claim)));
        assertThat(drain.variable("SPOOL_DIR"), is(single.variable("SPOOL_DIR")));
        assertThat(
                drain.mountPaths(),
                hasItem(Path.of(single.variable("SPOOL_DIR")).getParent().toString()));
        for (String setting : List.of("SPOOL_ENGINE", "SPOOL_KAFKA_BROKERS", "SPOOL_LANES")) {
            assertThat(setting, drain.variable(setting), is(scale.variable(setting)));
        }
        assertThat(drain.container().path("image"), is(scale.container().path("image")));
        for (String account : List.of("runAsUser", "fsGroup")) {
            assertThat(
                    account,
                    drain.pod().path("securityContext").path(account),
                    is(single.pod().path("securityContext").path(account)));
        }
    }

    @Test
    void theWebhookBufferTakesAllWebhooksAndNothingElse() throws IOException {
        // given
        Set<String> sources = properties().stringPropertyNames().stream()
                .filter(key -> key.matches("source\\.\\w+\\.enabled"))
                .map(key -> key.toUpperCase(Locale.ROOT).replace('.', '_'))
                .collect(Collectors.toSet());

        // when
        Rendered rendered = withComponents(SINGLE);

        // then
        JsonNode buffer = rendered.named("StatefulSet", BUFFER);
        JsonNode relay = rendered.named("StatefulSet", RELAY);
        JsonNode container = buffer.at("/spec/template/spec/containers/0");
        assertThat(buffer.at("/spec/replicas").asInt(), is(2));
        assertThat(container.path("image"), is(relay.at("/spec/template/spec/containers/0/image")));
        assertThat(off(container), is(sources));
        assertThat(off(relay.at("/spec/template/spec/containers/0")), is(Set.of()));
        for (JsonNode path : rendered.one("Ingress").at("/spec/rules/0/http/paths")) {
            boolean isWebhook = path.path("path").asText().startsWith("/webhooks/");
            assertThat(path.at("/backend/service/name").asText(), is(isWebhook ? BUFFER : RELAY));
        }
    }

    @Test
    void noServiceSelectsThePodsOfTheOtherOneAndADrainTakesOnePodOfBoth() throws IOException {
        // given
        // when
        Rendered rendered = withComponents(SINGLE);

        // then
        for (String name : List.of(RELAY, BUFFER)) {
            JsonNode selector = rendered.named("Service", name).at("/spec/selector");
            for (String other : List.of(RELAY, BUFFER)) {
                JsonNode labels = rendered.named("StatefulSet", other).at("/spec/template/metadata/labels");
                assertThat(name + " selects " + other, selects(selector, labels), is(name.equals(other)));
            }
        }
        JsonNode budget = rendered.one("PodDisruptionBudget").path("spec");
        assertThat(budget.path("maxUnavailable").asInt(), is(1));
        for (String name : List.of(RELAY, BUFFER)) {
            JsonNode labels = rendered.named("StatefulSet", name).at("/spec/template/metadata/labels");
            assertThat(name, selects(budget.at("/selector/matchLabels"), labels), is(true));
        }
    }

    @Test
    void aPodForWebhooksThatStopsStillAnswersUntilTheIngressKnowsAndThenHasItsTimeToStop() throws IOException {
        // given
        int shutdownTimeout = Integer.parseInt(properties().getProperty("camel.main.shutdown-timeout"));

        // when
        JsonNode pod = withComponents(SINGLE).named("StatefulSet", BUFFER).at("/spec/template/spec");

        // then
        int answers = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();
        assertThat(answers, greaterThan(0));
        assertThat(pod.path("terminationGracePeriodSeconds").asInt() - answers, greaterThan(shutdownTimeout));
    }

    /** The variables of a container that are false. */
    private static Set<String> off(JsonNode container) {
        Set<String> off = new TreeSet<>();
        container.path("env").forEach(variable -> {
            if (variable.path("value").asText().equals("false")) {
                off.add(variable.path("name").asText());
            }
        });
        return off;
    }

    private static boolean selects(JsonNode selector, JsonNode labels) {
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
    }

    private Rendered withComponents(Path overlay) throws IOException {
        return new Rendered(Manifests.render(overlay, Manifests.components(overlay), folder));
    }

    private static Properties properties() throws IOException {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            properties.load(file);
        }
        return properties;
    }
}
