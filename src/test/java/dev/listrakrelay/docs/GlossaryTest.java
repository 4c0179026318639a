package dev.listrakrelay.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names of classes and properties use the words of the glossary, and no two classes have the same name. */
class GlossaryTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path GLOSSARY = Path.of("src/docs/glossary.md");
    private static final Path PROPERTIES = Path.of("application.properties");

    private static final Pattern DECLARATION = Pattern.compile(
            "^\\s*(?:(?:public|private|protected|static|final|abstract|sealed) )*(?:class|interface|record|enum) (\\w+)",
            Pattern.MULTILINE);
    private static final Pattern RETIRED_ROW = Pattern.compile("^\\| (\\w+) \\| ([\\w-]+) \\|$", Pattern.MULTILINE);
    private static final Pattern KEY = Pattern.compile("^#? ?([a-z][\\w-]*(?:\\.[\\w<>-]+)+) *=", Pattern.MULTILINE);

    @Test
    void noClassUsesARetiredWord() throws IOException {
        assertEquals(List.of(), withRetiredWord(classes().keySet().stream()));
    }

    @Test
    void noPropertyUsesARetiredWord() {
        List<String> keys = found(KEY, Pages.text(PROPERTIES));

        assertTrue(keys.size() > 20, "too few keys found: " + keys);
        assertEquals(List.of(), withRetiredWord(keys.stream()));
    }

    @Test
    void noTwoClassesShareAName() throws IOException {
        List<String> shared = classes().entrySet().stream()
                .filter(name -> name.getValue().size() > 1)
                .map(name -> name.getKey() + " in " + name.getValue())
                .toList();

        assertEquals(List.of(), shared);
    }

    /** The files of all classes, including nested classes, by simple name. */
    private static Map<String, List<Path>> classes() throws IOException {
        Map<String, List<Path>> classes = new TreeMap<>();
        try (Stream<Path> files = Pages.files(SOURCES, ".java")) {
            files.forEach(file -> found(DECLARATION, Pages.text(file))
                    .forEach(name -> classes.computeIfAbsent(name, first -> new ArrayList<>())
                            .add(file)));
        }
        assertTrue(classes.size() > 200, "too few classes found: " + classes.size());
        return classes;
    }

    private static List<String> withRetiredWord(Stream<String> names) {
        Map<String, String> retired = retired();
        return names.flatMap(name -> retired.entrySet().stream()
                        .filter(word -> uses(name, word.getKey(), word.getValue()))
                        .map(word -> name + ": expected " + word.getValue() + ", found " + word.getKey()))
                .toList();
    }

    /** Whether a name contains a retired word, except inside the word that replaces it. */
    private static boolean uses(String name, String retired, String replacement) {
        return words(name).replace(words(replacement), " ").contains(words(retired));
    }

    /** The words of a name in lower case, with blanks around each: {@code " dead letter table "}. */
    private static String words(String name) {
        return " " + name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|[_.-]", " ").toLowerCase(Locale.ROOT) + " ";
    }

    /** The retired words of the glossary, each with its replacement. */
    private static Map<String, String> retired() {
        String page = Pages.text(GLOSSARY);
        Map<String, String> retired = new TreeMap<>();
        RETIRED_ROW
                .matcher(page.substring(page.indexOf("## Retired words")))
                .results()
                .filter(row -> !row.group(1).equals("retired"))
                .forEach(row -> retired.put(row.group(1), row.group(2)));
        assertTrue(retired.size() > 10, "too few retired words found: " + retired);
        return retired;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
