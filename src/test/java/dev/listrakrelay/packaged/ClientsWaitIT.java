package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A shop's SDK that gets 503 from a full spool keeps its events and posts them again, and all of them arrive. */
class ClientsWaitIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofMinutes(1);

    private final AtomicInteger orders = new AtomicInteger();

    @Test
    void whatSegmentsNodeSdkPostsWhileTheSpoolIsFullArrivesOnceThereIsRoom() {
        // given a Listrak that accepts nothing, and a full spool
        NpmClients.assumeInstalled();
        listrak.answer(503);
        relay.with("SPOOL_MAX_BYTES", "1M").with("SPOOL_HISTORY_EVENTS", "0").start();
        await().atMost(BOUND).until(() -> relay.post("events", orders(500)) == 503);
        await().atMost(BOUND).until(() -> relay.post("events", orders(1)) == 503);

        // when
        Path refused = folder.toAbsolutePath().resolve("refused");
        CompletableFuture<Void> shop = CompletableFuture.runAsync(
                () -> NpmClients.run("segment-node.mjs", relay.url(), "key", refused.toString()));
        await().atMost(BOUND).until(() -> Files.exists(refused));
        listrak.answer(200);
        shop.join();
        awaitNothingPending(BOUND);

        // then
        assertThat(
                listrak.eventNames("segment-node@example.com"),
                contains("page_view", "sign_up", "view_item", "add_to_cart", "purchase"));
        assertThat("rejected", relay.metric("listrak_relay_rejected_total"), is(0L));
    }

    /** A batch of this many orders, each with its own contact. */
    private String orders(int number) {
        return Stream.generate(orders::incrementAndGet)
                .limit(number)
                .map(order -> Callers.event(order + "/full"))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
