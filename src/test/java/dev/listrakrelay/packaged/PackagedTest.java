package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Base of tests with a packaged relay and a fake Listrak, in a new folder for each test. */
@Tag("packaged")
abstract class PackagedTest {

    @TempDir
    Path folder;

    FakeListrak listrak;
    PackagedRelay relay;

    @BeforeEach
    void openListrak() {
        listrak = new FakeListrak();
        relay = new PackagedRelay(listrak, folder);
    }

    @AfterEach
    void end() {
        relay.close();
        listrak.close();
    }

    void awaitNothingPending(Duration bound) {
        await().atMost(bound)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> relay.metric("listrak_relay_pending") == 0);
    }

    /**
     * Posts new events until the first answer with 503, and returns this answer. One event may still fit into a spool
     * that was too full for a group of events. A new event each time, because a duplicate is never refused.
     */
    HttpResponse<String> awaitRefused(Duration bound) {
        AtomicInteger probes = new AtomicInteger();
        return await().atMost(bound)
                .until(
                        () -> relay.answer("track", Callers.event("probe/" + probes.incrementAndGet())),
                        answer -> answer.statusCode() == 503);
    }

    /** The acknowledged events that did not arrive. */
    Set<String> lost(Collection<String> acknowledged) {
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(listrak.orderIds());
        return lost;
    }

    int duplicates() {
        return listrak.arrived() - listrak.orderIds().size();
    }
}
