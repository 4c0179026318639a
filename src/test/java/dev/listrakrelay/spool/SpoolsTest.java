package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.listrakrelay.spool.sqlite.SpoolFolder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spool's folder is private and belongs to one process. */
class SpoolsTest {

    /** Learning is switched off. */
    static final IdentityConfig NO_IDENTITIES = new IdentityConfig() {
        @Override
        public boolean enabled() {
            return false;
        }

        @Override
        public Duration ttl() {
            return Duration.ZERO;
        }

        @Override
        public Duration hold() {
            return Duration.ZERO;
        }

        @Override
        public int holdAtMost() {
            return 1;
        }

        @Override
        public Optional<List<String>> standInIds() {
            return Optional.empty();
        }
    };

    @TempDir
    Path parent;

    private Spools spools;

    @AfterEach
    void close() {
        if (spools != null) {
            spools.close();
        }
    }

    @Test
    void aFolderIsMadeThatItsOwnerAloneMayEnter() throws IOException {
        // given
        Path dir = parent.resolve("a/data");
        spools = spools(dir);

        // when
        spools.named("events");

        // then
        assertEquals("rwx------", mode(dir));
        assertEquals("rw-------", mode(dir.resolve("lock")));
        assertEquals("rw-------", mode(dir.resolve("events.db")));
    }

    @Test
    void aSpoolIsOpenedOnceAndKnownByItsName() {
        // given
        spools = spools(parent);

        // when
        Spool first = spools.named("events");

        // then
        assertSame(first, spools.named("events"));
        assertSame(first, spools.opened().get("events"));
        assertEquals(2, first.lanes());
    }

    @Test
    void aFolderInUseIsRefusedAndItsUserKeepsIt() {
        // given
        spools = spools(parent);
        spools.named("events");

        // when
        String first = assertThrows(SpoolUnavailable.class, () -> spools(parent).named("events"))
                .getMessage();
        String second = assertThrows(
                        SpoolUnavailable.class, () -> spools(parent).named("events"))
                .getMessage();

        // then
        assertEquals(
                "spool.dir: " + parent.toAbsolutePath()
                        + " is in use by another process; stop it, or set another spool.dir",
                first);
        assertEquals(first, second);
    }

    @Test
    void aFolderThatWasClosedCanBeOpenedAgain() {
        // given
        spools = spools(parent);
        spools.named("events");
        spools.close();

        // when
        Spool again = spools.named("events");

        // then
        assertEquals(0, again.pending());
    }

    @Test
    void aFolderThatCannotBeMadeIsReportedWithItsName() throws IOException {
        // given
        Path file = Files.createFile(parent.resolve("file"));

        // when
        SpoolUnavailable refused =
                assertThrows(SpoolUnavailable.class, () -> spools(file).named("events"));

        // then
        assertTrue(
                refused.getMessage().startsWith("spool.dir: expected a writable folder, found " + file),
                refused::getMessage);
    }

    @Test
    void aFolderThatCannotBeWrittenIsReportedWithItsName() throws IOException {
        // given
        Path dir = Files.createDirectory(
                parent.resolve("read-only"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
        assumeFalse(Files.isWritable(dir), "needs a user whom file modes bind: root writes anywhere");

        // when
        SpoolUnavailable refused =
                assertThrows(SpoolUnavailable.class, () -> spools(dir).named("events"));

        // then
        assertTrue(
                refused.getMessage().startsWith("spool.dir: expected a writable folder, found " + dir),
                refused::getMessage);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Spools spools(Path dir) {
        SpoolConfig config = new SmallRyeConfigBuilder()
                .withMapping(SpoolConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withDefaultValue("spool.lanes", "2")
                .withDefaultValue("spool.dir", dir.toString())
                .build()
                .getConfigMapping(SpoolConfig.class);
        return new Spools(
                new SpoolFolder(config.dir(), config.lanes(), Clock.systemUTC()),
                config,
                NO_IDENTITIES,
                Optional.empty(),
                event -> false,
                new SpoolMeters(new SimpleMeterRegistry(), Clock.systemUTC()));
    }
}
