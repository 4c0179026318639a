package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * A backlog needs disk, not memory: the relay starts and drains it with a heap of 256 MB.
 *
 * <p>The guarantee is tested with {@code -Drelay.backlog=1000000}.
 */
class BacklogIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(BacklogIT.class);
    private static final int EVENTS = Integer.getInteger("relay.backlog", 100_000);
    private static final int BATCH = 1_000;
    private static final int CONTACTS = 2_000;

    @Test
    void aBacklogIsReadyAtOnceAndDrainsInTheSameHeap() {
        // given
        listrak.leave();
        relay.start();
        List<String> ids = IntStream.range(0, EVENTS)
                .mapToObj(i -> "c" + i % CONTACTS + "/" + i)
                .toList();
        IntStream.range(0, EVENTS / BATCH)
                .parallel()
                .forEach(batch -> post(ids.subList(batch * BATCH, (batch + 1) * BATCH)));
        assertThat(relay.metric("listrak_relay_pending"), is((long) EVENTS));
        relay.kill9();

        // when
        long start = System.nanoTime();
        relay.start();
        long ready = System.nanoTime();
        assertThat(relay.metric("listrak_relay_pending"), is((long) EVENTS));
        listrak.comeBack();
        awaitNothingPending(Duration.ofMinutes(5));

        // then
        LOG.infof(
                "%d events pending, ready after %d ms, drained in %d ms, %d duplicates, %d MiB at most",
                EVENTS,
                (ready - start) / 1_000_000,
                (System.nanoTime() - ready) / 1_000_000,
                duplicates(),
                relay.peakRssMib());
        assertThat(lost(ids), empty());
        assertThat(duplicates(), is(0));
    }

    private void post(List<String> ids) {
        String batch = ids.stream().map(Callers::event).collect(Collectors.joining(",", "{\"batch\":[", "]}"));
        try {
            assertThat(relay.post("batch", batch), is(200));
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        }
    }
}
