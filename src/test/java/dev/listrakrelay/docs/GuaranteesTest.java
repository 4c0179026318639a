package dev.listrakrelay.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that the list of promises names is there. */
class GuaranteesTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT|Contract))?(?:\\.(\\w+))?`");

    @Test
    void everyTestThatAPromiseNamesExists() throws IOException {
        // given
        Map<String, String> tests = tests();

        // when
        List<String> missing = Files.readAllLines(Path.of("src/docs/guarantees.md")).stream()
                .filter(line -> line.startsWith("|"))
                .flatMap(line -> missing(line, tests))
                .toList();

        // then
        assertTrue(tests.size() > 30);
        assertEquals(List.of(), missing);
    }

    private static Stream<String> missing(String line, Map<String, String> tests) {
        Matcher named = NAMED.matcher(line);
        Stream.Builder<String> missing = Stream.builder();
        String test = null;
        while (named.find()) {
            test = named.group(1) == null ? test : named.group(1);
            boolean isThere = test == null && named.group(2) == null
                    || tests.containsKey(test)
                            && (named.group(2) == null || tests.get(test).contains("void " + named.group(2) + "("));
            if (!isThere) {
                missing.add(test + "." + named.group(2));
            }
        }
        return missing.build();
    }

    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> tests.put(file.getFileName().toString().replace(".java", ""), text(file)));
        }
        return tests;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
