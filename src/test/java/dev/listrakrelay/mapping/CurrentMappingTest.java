package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.listrakrelay.spool.TestClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed file replaces the active mapping as a whole, or not at all. */
class CurrentMappingTest {

    private static final String BROKEN = "preset: none\nevents: 7\n";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private Path file;
    private CurrentMapping mapping;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("listrak.mapping.yaml");
        write(sending("before"));
        mapping = new CurrentMapping(() -> Optional.of(file), new AccountNames(Set.of()), clock, versions(), meters);
    }

    private MappingVersions versions() {
        return new MappingVersions(folder.resolve("versions"));
    }

    @Test
    void aMappingThatIsNoLongerInForceIsStillKnownForItsTime() throws IOException {
        // given
        Instant before = clock.instant();
        clock.advance(Duration.ofHours(1));
        write(sending("after"));

        // when
        lookTwice();

        // then
        assertArrayEquals(
                sending("before").getBytes(StandardCharsets.UTF_8),
                versions().at(before).orElseThrow().yaml());
        assertArrayEquals(
                sending("after").getBytes(StandardCharsets.UTF_8),
                versions().at(clock.instant()).orElseThrow().yaml());
        assertArrayEquals(
                sending("after").getBytes(StandardCharsets.UTF_8),
                mapping.active().yaml());
    }

    @Test
    void aChangedFileIsActiveOnceItIsFoundUnchangedTwice() throws IOException {
        // given
        write(sending("after"));

        // when
        mapping.check();
        String once = name();
        Instant before = mapping.active().since();
        clock.advance(Duration.ofSeconds(2));
        mapping.check();

        // then
        assertEquals("before", once);
        assertEquals("after", name());
        assertEquals(before.plusSeconds(2), mapping.active().since());
        assertEquals(Optional.empty(), mapping.rejected());
    }

    @Test
    void aFileThatIsStillWrittenIsNotTaken() throws IOException {
        // given a file that has one more rule at each check
        for (int rules = 1; rules < 5; rules++) {
            write(sending("half") + "  - {when: {type: page}, event_name: page_view}\n".repeat(rules));

            // when
            mapping.check();
        }

        // then
        assertEquals("before", name());
    }

    @Test
    void aBrokenFileIsRefusedWithAllItsMistakesAndTheMappingBeforeStays() throws IOException {
        // given
        Mapping before = mapping.get();
        write(BROKEN);

        // when
        lookTwice();
        lookTwice();

        // then
        assertSame(before, mapping.get());
        assertEquals(
                List.of(
                        file + ": preset: unknown preset, expected one of default, ecommerce, found none",
                        file + ": events: wrong type, expected a list with at least one event, each with when,"
                                + " event_name, found the number 7"),
                mapping.rejected().orElseThrow().mistakes());
        assertEquals(1, refusedGauge());
    }

    @Test
    void aRepairedFileIsAcceptedAndNothingIsRefusedAnyMore() throws IOException {
        // given
        write(BROKEN);
        lookTwice();
        write(sending("mended"));

        // when
        lookTwice();

        // then
        assertEquals("mended", name());
        assertEquals(Optional.empty(), mapping.rejected());
        assertEquals(0, refusedGauge());
    }

    @Test
    void aBrokenFileThatIsRevertedIsNoLongerRefused() throws IOException {
        // given
        write(BROKEN);
        lookTwice();
        write(sending("before"));

        // when
        lookTwice();

        // then
        assertEquals("before", name());
        assertEquals(Optional.empty(), mapping.rejected());
    }

    @Test
    void aMissingFileIsRefusedAndTheMappingBeforeStays() throws IOException {
        // given
        Files.delete(file);

        // when
        lookTwice();

        // then
        assertEquals("before", name());
        assertEquals(
                List.of("mapping.file: not readable, expected a readable file, found " + file),
                mapping.rejected().orElseThrow().mistakes());
    }

    @Test
    void aConfigMapsLinksAreFollowedWhenTheyChange() throws IOException {
        // given a folder as Kubernetes mounts it: the file is a link into ..data, which links to the current version
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        version(mounted, "..1", sending("first"));
        Files.createSymbolicLink(mounted.resolve("..data"), Path.of("..1"));
        file = Files.createSymbolicLink(mounted.resolve("m.mapping.yaml"), Path.of("..data", "m.mapping.yaml"));
        mapping = new CurrentMapping(
                () -> Optional.of(file), new AccountNames(Set.of()), clock, versions(), new SimpleMeterRegistry());
        version(mounted, "..2", sending("second"));

        // when
        Files.createSymbolicLink(mounted.resolve("..data_tmp"), Path.of("..2"));
        Files.move(mounted.resolve("..data_tmp"), mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        lookTwice();

        // then
        assertEquals("second", name());
    }

    private static void version(Path mounted, String name, String yaml) throws IOException {
        Files.writeString(Files.createDirectory(mounted.resolve(name)).resolve("m.mapping.yaml"), yaml);
    }

    private void lookTwice() {
        mapping.check();
        mapping.check();
    }

    private double refusedGauge() {
        return meters.get("listrak.relay.mapping.refused").gauge().value();
    }

    /** The name that the active mapping gives to an order. */
    private String name() {
        return mapping.get().rules().get(0).eventName().orElseThrow();
    }

    private static String sending(String name) {
        return "contact: {email: [$.email]}\nevents:\n  - {when: {type: track}, event_name: " + name + "}\n";
    }

    private void write(String yaml) throws IOException {
        Files.writeString(file, yaml);
    }
}
