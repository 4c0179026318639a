package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guarantees, Delivery 2, 3 and 6: on a read-only file system, the relay acknowledges no event. */
@Tag("faults")
class ReadOnlyIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(ReadOnlyIT.class);
    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final int EVENTS = 3_000;
    private static final int CONNECTIONS = 8;

    @Test
    void aFileSystemThatTurnsReadOnlyIsAnsweredWith503AndKeepsWhatWasAcknowledged() throws IOException {
        // given a file system that becomes read-only, as ext4 does after a disk error
        Machine.assumeRoot();
        Machine.assumeInstalled("losetup", "mkfs.ext4");
        Path root = folder.resolve("disk");
        Path image = folder.resolve("image");
        listrak.leave();
        try (SmallDisk disk = SmallDisk.onNewImage(image, root, 64);
                Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS / 10, 8)) {
            relay.with("SPOOL_DIR", disk.root().resolve("spool").toString()).start();
            callers.join();

            // when
            Machine.run("mount", "-o", "remount,abort", root.toString());
            int status = relay.post("track", Callers.event("refused/1"));
            boolean isReady = relay.isReady();
            relay.kill9();

            // then
            assertThat(status, is(503));
            assertThat(isReady, is(false));
            Machine.run("umount", root.toString());
            Machine.run("mount", "-o", "loop", image.toString(), root.toString());
            listrak.comeBack();
            relay.start();
            awaitNothingPending(BOUND);
            log("read-only for good", callers);
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(lost(List.of("refused/1")).size(), is(1));
            relay.kill9();
        }
    }

    private void log(String what, Callers callers) {
        LOG.infof(
                "%s: %d events acknowledged, %d requests posted again, %d lost, %d duplicates",
                what,
                callers.count(),
                callers.repeated(),
                lost(callers.acknowledged()).size(),
                duplicates());
    }
}
