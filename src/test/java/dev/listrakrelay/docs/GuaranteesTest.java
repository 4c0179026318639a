package dev.listrakrelay.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In tables whose last column is "test", every row names at least one test, and each named test exists. */
class GuaranteesTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT|Contract))?(?:\\.(\\w+))?`");
    private static final String TEST = "(?s)@(?:Test|ParameterizedTest|RepeatedTest|Property)\\b";

    @ParameterizedTest
    @ValueSource(strings = {"src/docs/guarantees.md", "src/docs/reference/tested-behaviour.md", ".github/SECURITY.md"})
    void everyRowNamesATestThatExists(String page) throws IOException {
        // given
        Map<String, String> tests = tests();

        // when
        List<String> rows = rows(Files.readAllLines(Path.of(page)));
        List<String> wrong =
                rows.stream().flatMap(row -> wrong(row, tests)).distinct().toList();

        // then
        assertTrue(tests.size() > 30);
        assertTrue(rows.size() > 4);
        assertEquals(List.of(), wrong);
    }

    private static List<String> rows(List<String> lines) {
        List<String> rows = new ArrayList<>();
        boolean isInTable = false;
        for (String line : lines) {
            if (line.endsWith("| test |")) {
                isInTable = true;
            } else if (!line.startsWith("|")) {
                isInTable = false;
            } else if (isInTable && !line.startsWith("|-")) {
                rows.add(line);
            }
        }
        return rows;
    }

    private static Stream<String> wrong(String row, Map<String, String> tests) {
        Matcher named = NAMED.matcher(row.substring(row.lastIndexOf(" | ")));
        Stream.Builder<String> wrong = Stream.builder();
        String test = null;
        while (named.find()) {
            test = named.group(1) == null ? test : named.group(1);
            if (!isTest(tests.getOrDefault(test, ""), named.group(2))) {
                wrong.add("no such test: " + test + "." + named.group(2));
            }
        }
        return test == null ? Stream.of("no test: " + row) : wrong.build();
    }

    private static boolean isTest(String text, String method) {
        String name = method == null ? "" : "(?:(?!\\bvoid\\b).)*\\bvoid " + method + "\\(";
        return Pattern.compile(TEST + name).matcher(text).find();
    }

    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (Path file : Pages.files(Path.of("src/test/java"), ".java").toList()) {
            tests.put(file.getFileName().toString().replace(".java", ""), Pages.text(file));
        }
        return tests;
    }
}
