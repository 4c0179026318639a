package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each invalid-<reason>.yaml gives the mistakes listed at its beginning, one a line, after {@code #> }. */
class InvalidMappingTest {
    private static final Path FIXTURES = Path.of("src/test/resources/mapping");
    private static final String EXPECTED = "#> ";

    @TestFactory
    Stream<DynamicTest> everyInvalidFileGivesItsMistakes() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(FIXTURES)) {
            files = found.sorted().toList();
        }
        assertTrue(files.size() >= 15, "fixtures: too few, found " + files.size());
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        // given
        byte[] yaml = Files.readAllBytes(file);
        List<String> expected = new String(yaml, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(EXPECTED))
                .map(line -> "m.yaml: " + line.substring(EXPECTED.length()))
                .toList();

        // when
        InvalidMapping invalid = assertThrows(
                InvalidMapping.class, () -> MappingFile.read("m.yaml", yaml, Optional.of(Set.of("eu", "us"))));

        // then
        assertEquals(String.join("\n", expected), invalid.getMessage());
        assertEquals(expected, invalid.mistakes());
    }

    @Test
    void bytesThatAreNoTextAreAMistakeAndNoCrash() {
        // given
        byte[] bytes = {(byte) 0xC3, (byte) 0x28, 0, 1};

        // when
        InvalidMapping invalid = assertThrows(InvalidMapping.class, () -> MappingFile.read("m.yaml", bytes));

        // then
        assertTrue(invalid.getMessage().startsWith("m.yaml: "), invalid.getMessage());
    }
}
