package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every example of routes/mappings/README.md, a mapping file and cases that it fulfils, is true. */
class MappingReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

    @TestFactory
    Stream<DynamicTest> everyExampleFulfilsItsCases() throws IOException {
        List<String> blocks = blocks();
        assertTrue(blocks.size() >= 14 && blocks.size() % 2 == 0, "blocks: found " + blocks.size());
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i += 2) {
            Mapping mapping = Events.mapping(blocks.get(i));
            CaseFile.read("README.md", blocks.get(i + 1).getBytes(StandardCharsets.UTF_8))
                    .forEach(one -> tests.add(DynamicTest.dynamicTest(
                            one.name(), () -> assertEquals(List.of(), one.differences(mapping)))));
        }
        return tests.stream();
    }

    @Test
    void everyKeyIsDescribed() throws IOException {
        // given
        String readme = readme();

        // when
        List<String> missing = MappingSchemaTest.keys().stream()
                .filter(key -> !readme.contains(key))
                .toList();

        // then
        assertEquals(List.of(), missing);
    }

    /** The mapping files among the blocks, each followed by its cases. */
    static List<String> blocks() throws IOException {
        return BLOCK.matcher(readme())
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("routes/mappings/README.md"));
    }
}
