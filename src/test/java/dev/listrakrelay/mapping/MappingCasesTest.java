package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs every case of every *.cases.yaml with the mapping file beside it. */
class MappingCasesTest {

    private static final Path MAPPINGS = Path.of("routes/mappings");

    @TestFactory
    Stream<DynamicContainer> everyCaseGivesWhatItExpects() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(MAPPINGS)) {
            files = found.filter(file -> file.toString().endsWith(".mapping.yaml"))
                    .sorted()
                    .toList();
        }
        assertTrue(files.size() >= 3, "mapping files: too few, found " + files);
        return files.stream()
                .map(file ->
                        DynamicContainer.dynamicContainer(file.toString(), tests(mapping(file), cases(file)).stream()));
    }

    /** The default mapping file is a readable copy of the Default preset, so both give the same results. */
    @Test
    void theFileThatShipsIsTheDefaultPreset() {
        // given
        Mapping preset = Events.mapping("preset: default");

        // when
        List<String> differences = cases(MAPPINGS.resolve("listrak.mapping.yaml")).stream()
                .flatMap(one -> one.differences(preset).stream())
                .toList();

        // then
        assertEquals(List.of(), differences);
    }

    private static List<DynamicTest> tests(Mapping mapping, List<MappingCase> cases) {
        return cases.stream()
                .map(one ->
                        DynamicTest.dynamicTest(one.name(), () -> assertEquals(List.of(), one.differences(mapping))))
                .toList();
    }

    private static Mapping mapping(Path file) {
        return MappingFile.read(file.toString(), bytes(file));
    }

    /** The cases of a mapping file, from the *.cases.yaml beside it. */
    static List<MappingCase> cases(Path mapping) {
        Path file = Path.of(mapping.toString().replace(".mapping.", ".cases."));
        return CaseFile.read(file.toString(), bytes(file));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
