package dev.listrakrelay.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds the mapping that was active at a time, also after a restart. */
class MappingVersionsTest {

    private static final Instant MORNING = Instant.parse("2026-06-06T08:00:00Z");
    private static final Instant NOON = Instant.parse("2026-06-06T12:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-06-06T18:00:00Z");
    private static final byte[] ONE = "events: [one]".getBytes(UTF_8);
    private static final byte[] OTHER = "events: [other]".getBytes(UTF_8);

    @TempDir
    Path folder;

    private MappingVersions versions;

    @BeforeEach
    void open() {
        versions = new MappingVersions(folder.resolve("mappings"));
    }

    @Test
    void theOneInForceAtAMomentIsFound() {
        // given
        versions.save(ONE, MORNING);
        versions.save(OTHER, NOON);
        versions.save(ONE, EVENING);

        // when
        versions = new MappingVersions(folder.resolve("mappings"));

        // then
        assertEquals(Optional.empty(), versions.at(MORNING.minusMillis(1)));
        assertArrayEquals(ONE, versions.at(MORNING).orElseThrow().yaml());
        assertArrayEquals(
                OTHER, versions.at(EVENING.minusMillis(1)).orElseThrow().yaml());
        assertEquals(NOON, versions.at(NOON.plusSeconds(1)).orElseThrow().since());
        assertArrayEquals(ONE, versions.at(EVENING.plusSeconds(1)).orElseThrow().yaml());
        assertEquals(
                MappingVersions.hash(ONE), versions.at(EVENING).orElseThrow().hash());
    }

    @Test
    void aRestartWithTheSameMappingKeepsNoSecondCopy() throws IOException {
        // given
        versions.save(ONE, MORNING);

        // when
        new MappingVersions(folder.resolve("mappings")).save(ONE, NOON);

        // then
        assertEquals(1, files());
        assertEquals(MORNING, versions.at(EVENING).orElseThrow().since());
    }

    @Test
    void theNewest200AreKept() throws IOException {
        // when
        for (int i = 0; i < 250; i++) {
            versions.save(("events: [" + i + "]").getBytes(UTF_8), MORNING.plusSeconds(i));
        }

        // then
        assertEquals(200, files());
        assertArrayEquals(
                "events: [249]".getBytes(UTF_8), versions.at(NOON).orElseThrow().yaml());
        assertEquals(Optional.empty(), versions.at(MORNING.plusSeconds(49)));
    }

    @Test
    void anUnknownFileIsIgnored() throws IOException {
        // given
        versions.save(ONE, MORNING);

        // when
        Files.writeString(folder.resolve("mappings").resolve("notes.mapping.yaml"), "events: []");

        // then
        assertArrayEquals(ONE, versions.at(NOON).orElseThrow().yaml());
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("mappings"))) {
            return files.count();
        }
    }
}
