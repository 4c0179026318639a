package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Path;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guarantees, Delivery 6: a failed fsync ends the process. Needs strace. */
@Tag("faults")
class FsyncFailsIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(FsyncFailsIT.class);
    private static final int MANY_COMMITS = 12_000;
    private static final int MANY_CHECKPOINTS = 100_000;
    private static final int CONNECTIONS = 8;

    /** In seconds; strace slows the process down. */
    private static final int UNTIL_IT_FAILS = 180;

    private static final int FSYNC_FAILED = 74;

    @BeforeEach
    void needs() {
        Machine.assumeInstalled("strace");
    }

    @Test
    void aFailedFsyncOfACommitEndsTheProcessAndNothingAcknowledgedIsLost() {
        endsWhenItFails(MANY_COMMITS, Machine.injecting("fdatasync,fsync:error=EIO:when=60+"));
    }

    @Test
    @Tag("nightly")
    void aFailedFsyncOfACheckpointEndsItToo() {
        Path database = folder.resolve("spool").resolve("events.db");
        // the first fsync is part of the start, and succeeds
        endsWhenItFails(MANY_CHECKPOINTS, Machine.injecting("fdatasync,fsync:error=EIO:when=2+", database));
    }

    private void endsWhenItFails(int events, String... injecting) {
        // given
        relay.under(injecting).start();
        try (Callers callers = new Callers(relay, CONNECTIONS).post(events, 6)) {

            // when
            int exitCode = relay.awaitExit(UNTIL_IT_FAILS);

            // then
            int acknowledged = callers.count();
            listrak.killed(relay);
            relay.under().start();
            callers.join();
            awaitNothingPending(Duration.ofMinutes(1));
            LOG.infof(
                    "exit code %d after %d events, %d lost, %d duplicates",
                    exitCode, acknowledged, lost(callers.acknowledged()).size(), duplicates());
            assertThat(exitCode, is(FSYNC_FAILED));
            assertThat(acknowledged, greaterThan(0));
            assertThat(acknowledged, lessThan(events));
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(Callers.outOfOrder(listrak), empty());
            assertThat("twice though settled", listrak.unexplainedDuplicates(), empty());
        }
    }
}
