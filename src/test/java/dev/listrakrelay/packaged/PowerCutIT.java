package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Guarantees, Delivery 1 and 2: a power cut loses nothing that was acknowledged. The spool is on a file system in an
 * image file. For a power cut, the test stops the process and copies the image, which has only what a disk would have
 * then. The relay continues with the copy. Listrak is down, so that only the disk has the events. Needs root.
 *
 * <p>The guarantee is tested with {@code -Drelay.power-cuts=20}.
 */
@Tag("faults")
class PowerCutIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(PowerCutIT.class);
    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final int CUTS = Integer.getInteger("relay.power-cuts", 2);
    private static final int CONNECTIONS = 8;
    private static final int MOST_BEFORE_A_CUT = 2_000;

    private SmallDisk disk;
    private Path image;

    @BeforeEach
    void mount() {
        Machine.assumeRoot();
        Machine.assumeInstalled("losetup", "mkfs.ext4");
        image = folder.resolve("image-0");
        disk = SmallDisk.onNewImage(image, folder.resolve("disk"), 256);
        relay.with("SPOOL_DIR", disk.root().resolve("spool").toString());
    }

    @AfterEach
    void unmount() {
        if (disk != null) {
            relay.close();
            disk.close();
        }
    }

    @Test
    void aPowerCutLosesNothingThatWasAcknowledged() {
        // given
        long seed = Long.getLong("relay.seed", System.nanoTime());
        Random random = new Random(seed);
        listrak.leave();
        relay.start();
        try (Callers callers = new Callers(relay, CONNECTIONS).postUntilStopped(seed)) {

            // when
            for (int cut = 1; cut <= CUTS; cut++) {
                cutPowerAfter(callers, callers.count() + 200 + random.nextInt(MOST_BEFORE_A_CUT), cut);
                relay.start();
            }
            callers.stop();
            callers.join();
            listrak.comeBack();
            awaitNothingPending(BOUND);

            // then
            Set<String> lost = lost(callers.acknowledged());
            LOG.infof(
                    "%d power cuts (-Drelay.seed=%d), %d events acknowledged, %d lost, %d duplicates",
                    CUTS, seed, callers.count(), lost.size(), duplicates());
            assertThat(lost, empty());
            assertThat(duplicates(), is(0));
            assertThat(Callers.outOfOrder(listrak), empty());
        }
    }

    @Test
    void aDiskThatIgnoresFsyncLosesEventsSoTheTestCanFail() {
        // given
        Machine.assumeInstalled("strace");
        listrak.leave();
        relay.under(Machine.injecting("fdatasync,fsync:retval=0")).start();
        try (Callers callers = new Callers(relay, CONNECTIONS).postUntilStopped(1)) {

            // when
            cutPowerAfter(callers, MOST_BEFORE_A_CUT, 1);
            List<String> acknowledgedBefore = callers.acknowledged();
            callers.stop();
            callers.close();
            relay.under().start();
            listrak.comeBack();
            awaitNothingPending(BOUND);

            // then
            LOG.infof(
                    "without fsync, %d of %d events lost",
                    lost(acknowledgedBefore).size(), acknowledgedBefore.size());
            assertThat(lost(acknowledgedBefore), not(empty()));
        }
    }

    private void cutPowerAfter(Callers callers, int events, int cut) {
        await().atMost(BOUND).pollInterval(Duration.ofMillis(1)).until(() -> callers.count() >= events);
        Machine.signal("STOP", relay.pid());
        Path copy = folder.resolve("image-" + cut);
        Machine.run("cp", "--sparse=always", image.toString(), copy.toString());
        relay.kill9();
        disk.close();
        image = copy;
        disk = SmallDisk.onImage(image, folder.resolve("disk"));
    }
}
