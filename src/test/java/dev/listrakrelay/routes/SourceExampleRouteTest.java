package dev.listrakrelay.routes;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The source in {@code routes/examples} accepts events when it is copied into a mounted folder. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
@WithTestResource(WebhookExamples.class)
class SourceExampleRouteTest extends ThroughTheDoors {

    private final Path folder = ConfigProvider.getConfig().getValue("test.orders", Path.class);

    @Test
    void aShopsFileBecomesAnEventOnceAndAnInvalidFileIsMovedAside() throws IOException {
        // when
        drop("S-1", "{\"order_id\":\"S-1\",\"email\":\"kim@example.com\"}");
        drop("S-2", "no order");
        await().atMost(BOUND)
                .until(() -> Files.exists(folder.resolve(".done/S-1.json"))
                        && Files.exists(folder.resolve(".bad/S-2.json")));
        drop("S-1", "{\"order_id\":\"S-1\",\"email\":\"kim@example.com\"}");
        await().atMost(BOUND).until(() -> !Files.exists(folder.resolve("S-1.json")));
        awaitNothingPending();

        // then
        assertThat(arrived(), contains("S-1"));
        assertThat(Files.exists(folder.resolve("S-2.json")), is(false));
    }

    private void drop(String order, String json) throws IOException {
        Path whole = Files.writeString(folder.resolve(order + ".part"), json);
        Files.move(whole, folder.resolve(order + ".json"));
    }
}
