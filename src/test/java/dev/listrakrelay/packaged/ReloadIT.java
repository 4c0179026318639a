package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A change of the mapping file takes effect without a restart. */
class ReloadIT extends PackagedTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void aChangedMappingIsInForceWithoutARestartAndABrokenOneIsRefused() throws IOException {
        // given
        Path file = folder.resolve("shop.mapping.yaml");
        Files.writeString(file, sending("before"));
        relay.with("MAPPING_FILE", file.toString()).start();
        post("one");

        // when
        Files.writeString(file, sending("after"));
        await().atMost(SOON).until(() -> count("is active") == 1);
        post("two");
        Files.writeString(file, "preset: shop\n");
        await().atMost(SOON).until(() -> relay.metric("listrak_relay_mapping_refused") == 1);
        post("three");

        // then
        assertThat(listrak.dataFields("one"), contains(containsString("\"event_name\":\"before\"")));
        assertThat(listrak.dataFields("two"), contains(containsString("\"event_name\":\"after\"")));
        assertThat(listrak.dataFields("three"), contains(containsString("\"event_name\":\"after\"")));
        assertThat(relay.isReady(), is(true));
        assertThat(relay.logText().split("unknown preset", -1), arrayWithSize(2));
    }

    private long count(String text) {
        return relay.logText().lines().filter(line -> line.contains(text)).count();
    }

    private static String sending(String name) {
        return "contact: {email: [$.context.traits.email, $.properties.email]}\n"
                + "events:\n  - {when: {type: track}, event_name: " + name + "}\n";
    }

    private void post(String order) throws IOException {
        String event = Callers.event("c/" + order)
                .replace("\"order_id\":\"c/" + order + "\"", "\"order_id\":\"" + order + "\"");
        assertThat(relay.post("track", event), is(200));
        awaitNothingPending(SOON);
    }
}
