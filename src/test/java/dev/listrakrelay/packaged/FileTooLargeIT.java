package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Guarantees, Delivery 2, 3 and 6: a spool file that may not grow ({@code ulimit -f}) delays events and loses none.
 * Needs prlimit.
 */
@Tag("faults")
class FileTooLargeIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(FileTooLargeIT.class);
    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final int CONNECTIONS = 8;
    private static final int MOST_BYTES = 6_000_000;

    @Test
    void aSpoolThatMayNotGrowIsAnsweredWith503AndAllContinuesWhenItMay() throws IOException {
        // given
        Machine.assumeInstalled("prlimit");
        listrak.leave();
        relay.under("prlimit", "--fsize=" + MOST_BYTES + ":unlimited").start();
        try (Callers callers = new Callers(relay, CONNECTIONS).postUntilStopped(11)) {

            // when
            HttpResponse<String> refused = awaitRefused(BOUND);
            await().atMost(BOUND).until(() -> !relay.isReady());
            int whenFull = callers.count();
            Machine.run("prlimit", "--pid", String.valueOf(relay.pid()), "--fsize=unlimited");
            await().atMost(BOUND).until(() -> callers.count() > whenFull + 1_000);
            callers.stop();
            callers.join();
            listrak.comeBack();
            awaitNothingPending(BOUND);

            // then
            LOG.infof(
                    "too large after %d events, %d requests posted again, %d lost, %d duplicates",
                    whenFull, callers.repeated(), lost(callers.acknowledged()).size(), duplicates());
            assertThat(refused.statusCode(), is(503));
            assertThat(refused.headers().firstValue("Retry-After").orElse(""), is(not("")));
            assertThat(callers.repeated(), greaterThan(0));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat(duplicates(), is(0));
            assertThat(relay.isReady(), is(true));
        }
    }
}
