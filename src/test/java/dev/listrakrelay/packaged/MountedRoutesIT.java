package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A folder of route files takes the place of the baked-in ones, without a rebuild. */
class MountedRoutesIT extends PackagedTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String TEST_ORDERS_STAY_OUT =
            """
            - filter:
                jsonpath: "$.properties[?(@.order_id == 'test')]"
                steps:
                  - stop: {}
            """
                    .indent(22);

    private static final String DOLLARS_BECOME_EUROS =
            """
            - setBody: {simple: "${bodyAs(String).replace('USD','EUR')}"}
            """.indent(22);

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
    void aFilterInAMountedRouteKeepsEventsBack() throws IOException {
        // given
        mount(MountedRoutes.copy(folder.resolve("routes"), TEST_ORDERS_STAY_OUT));

        // when
        post("test", "real");

        // then
        assertThat(listrak.dataFields("test"), empty());
        assertThat(listrak.dataFields("real"), hasSize(1));
        assertThat(relay.metric("listrak_relay_dropped_total"), is(1L));
    }

    @Test
    void aFolderMountedFromAConfigMapWorksTheSame() throws IOException {
        // given a folder as Kubernetes makes it: files are links into ..data, which is a link to the current version
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
