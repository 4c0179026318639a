package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A mounted folder of route files replaces the built-in routes, without a rebuild. */
class MountedRoutesIT extends PackagedTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String A_STEP_THAT_THROWS =
            """
            - filter:
                id: only-with-a-coupon
                jsonpath: "$.properties.coupon.code"
                steps:
                  - stop: {}
            """
                    .indent(22);

    private static final String DOLLARS_BECOME_EUROS =
            """
            - setBody: {simple: "${bodyAs(String).replace('USD','EUR')}"}
            """.indent(22);

    /** An action with its own property, in the style of Camel's catalogue. */
    private static final String KAMELET =
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: currency-action
              labels: {camel.apache.org/kamelet.type: action}
            spec:
              definition:
                title: Currency Action
                description: Writes another currency into an event
                type: object
                required: [to]
                properties:
                  from: {title: From, description: The currency to look for, type: string, default: USD}
                  to: {title: To, description: The currency to write, type: string}
              dependencies: [camel:core, camel:kamelet]
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - setBody: {simple: "${bodyAs(String).replace('{{from}}','{{to}}')}"}
                    - to: kamelet:sink
            """;

    /** A source that sends its messages to the Kamelet listrak-event-sink. */
    private static final String A_ROUTE_WITH_OUR_SINK =
            """
            - route:
                from:
                  uri: platform-http:/shop
                  steps:
                    - to: kamelet:listrak-event-sink?url=http://localhost:{{quarkus.http.port}}&writeKey=key
            """;

    @Test
    void aRouteOfYourOwnMayCallAKameletOfYourOwnAndTheRelays() throws Exception {
        // given
        Path routes = MountedRoutes.copy(folder.resolve("routes"), "- to: kamelet:currency-action?to=EUR\n".indent(22));
        Files.writeString(routes.resolve("16-source-shop.camel.yaml"), A_ROUTE_WITH_OUR_SINK);
        Files.writeString(routes.resolve("currency-action.kamelet.yaml"), KAMELET);
        relay.with("CAMEL_COMPONENT_KAMELET_LOCATION", "file:" + routes + ",classpath:routes/kamelets");
        mount(routes);

        // when
        HttpRequest order = HttpRequest.newBuilder(URI.create(relay.url() + "/shop"))
                .POST(BodyPublishers.ofString(Callers.event("c/kamelet")))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(order, BodyHandlers.ofString());
        awaitNothingPending(SOON);

        // then
        assertThat(answer.body(), containsString("\"accepted\":1"));
        assertThat(listrak.dataFields("c/kamelet"), contains(containsString("\"currency\":\"EUR\"")));
    }

    @Test
    void theBakedInRoutesSendEveryOrderAsItIs() throws IOException {
        // given
        relay.start();

        // when
        post("test", "real");

        // then
        assertThat(listrak.dataFields("test"), contains(containsString("\"USD\"")));
        assertThat(listrak.dataFields("real"), contains(containsString("\"USD\"")));
    }

    @Test
    void theDocumentedFilterKeepsTestOrdersBackAndLetsEventsWithoutPropertiesPass() throws IOException {
        // given
        mount(MountedRoutes.copy(folder.resolve("routes"), MountedRoutes.documentedSteps()));

        // when
        post("real");
        assertThat(
                relay.post("track", Callers.event("c/test").replace("\"order_id\"", "\"test\":true,\"order_id\"")),
                is(200));
        assertThat(
                relay.post(
                        "track",
                        "{\"event\":\"Order Completed\",\"context\":{\"traits\":{\"email\":\"a@example.com\"}}}"),
                is(200));
        awaitNothingPending(SOON);

        // then
        assertThat(listrak.dataFields("c/test"), empty());
        assertThat(listrak.dataFields("real"), hasSize(1));
        assertThat(relay.adminGet("dead-letters"), containsString("\"deadLetters\":[]"));
        assertThat(relay.metric("listrak_relay_dropped_total"), is(1L));
        assertThat(relay.metric("listrak_relay_delivered_total"), is(2L));
    }

    @Test
    void aStepThatThrowsIsNamedWithTheLineOfItsFile() throws IOException {
        // given
        Path routes = MountedRoutes.copy(folder.resolve("routes"), A_STEP_THAT_THROWS);
        mount(routes);

        // when
        post("real");

        // then
        String where = routes.resolve("30-map.camel.yaml") + ":"
                + (lineOf(routes.resolve("30-map.camel.yaml"), "id: only-with-a-coupon") - 1)
                + ": step only-with-a-coupon: ";
        assertThat(relay.adminGet("dead-letters"), both(containsString(where)).and(containsString("$['properties']")));
        assertThat(relay.logText(), containsString("mapping_failed: file:" + where));
    }

    private static int lineOf(Path file, String text) throws IOException {
        return (int) Files.readAllLines(file).stream()
                        .takeWhile(line -> !line.contains(text))
                        .count()
                + 1;
    }

    @Test
    void aFolderMountedFromAConfigMapWorksTheSame() throws IOException {
        // given a folder as Kubernetes mounts it: files are links into ..data, which links to the current version
        Path version = MountedRoutes.copy(folder.resolve("..2026_06_06_12_34_56.789"), DOLLARS_BECOME_EUROS);
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        Files.move(version, mounted.resolve(version.getFileName()));
        Files.createSymbolicLink(mounted.resolve("..data"), version.getFileName());
        for (Path file : MountedRoutes.files(mounted.resolve(version.getFileName()))) {
            Files.createSymbolicLink(
                    mounted.resolve(file.getFileName()), Path.of("..data").resolve(file.getFileName()));
        }
        mount(mounted);

        // when
        post("real");

        // then
        assertThat(listrak.dataFields("real"), contains(containsString("\"currency\":\"EUR\"")));
    }

    private void mount(Path routes) {
        MountedRoutes.mount(relay, routes);
        relay.start();
    }

    private void post(String... orders) throws IOException {
        for (String order : orders) {
            String event = Callers.event("c/" + order)
                    .replace("\"order_id\":\"c/" + order + "\"", "\"order_id\":\"" + order + "\"");
            assertThat(relay.post("track", event), is(200));
        }
        awaitNothingPending(SOON);
    }
}
