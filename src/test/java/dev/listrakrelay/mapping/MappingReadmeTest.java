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

/** Every example in the pages about mapping is valid, and each mapping in them fulfils its cases. */
class MappingReadmeTest {

    private static final Path REFERENCE = Path.of("src/docs/mapping-reference.md");
    private static final List<Path> PAGES = List.of(
            Path.of("src/docs/mapping.md"),
            REFERENCE,
            Path.of("src/docs/mapping-examples.md"),
            Path.of("src/docs/identity.md"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

    @TestFactory
    Stream<DynamicTest> everyExampleFulfilsItsCases() throws IOException {
        List<String> blocks = blocks();
        assertTrue(blocks.size() >= 20 && blocks.size() % 2 == 0, "blocks: found " + blocks.size());
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i += 2) {
            Mapping mapping = Events.mapping(blocks.get(i));
            CaseFile.read("the pages", blocks.get(i + 1).getBytes(StandardCharsets.UTF_8))
                    .forEach(one -> tests.add(DynamicTest.dynamicTest(
                            one.name(), () -> assertEquals(List.of(), one.differences(mapping)))));
        }
        return tests.stream();
    }

    @Test
    void everyKeyIsDescribed() throws IOException {
        // given
        String reference = Files.readString(REFERENCE);

        // when
        List<String> missing = MappingSchemaTest.keys().stream()
                .filter(key -> !reference.contains(key))
                .toList();

        // then
        assertEquals(List.of(), missing);
    }

    /** The code blocks with a mapping file, each followed by its cases. */
    static List<String> blocks() throws IOException {
        return BLOCK.matcher(pages())
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static String pages() throws IOException {
        StringBuilder pages = new StringBuilder();
        for (Path page : PAGES) {
            pages.append(Files.readString(page));
        }
        return pages.toString();
    }
}
