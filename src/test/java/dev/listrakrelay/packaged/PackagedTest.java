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

/** A packaged relay, a Listrak to deliver to, and a folder, new for each test. */
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
     * The first answer 503. The file may have room for a small event where a large group of events had none, so events are
     * posted until one is refused; each is a new one, because an event that was taken before is never refused.
     */
    HttpResponse<String> awaitRefused(Duration bound) {
        AtomicInteger probes = new AtomicInteger();
        return await().atMost(bound)
                .until(
                        () -> relay.answer("track", Callers.event("probe/" + probes.incrementAndGet())),
                        answer -> answer.statusCode() == 503);
    }

    /** Which of these never arrived. */
    Set<String> lost(Collection<String> acknowledged) {
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(listrak.orderIds());
        return lost;
    }

    int duplicates() {
        return listrak.arrived() - listrak.orderIds().size();
    }
}
