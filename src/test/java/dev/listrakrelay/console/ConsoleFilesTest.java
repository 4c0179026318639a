package dev.listrakrelay.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The console's files are small and complete, load nothing from other servers, and never turn data into markup. */
class ConsoleFilesTest {

    private static final Path CONSOLE = Path.of("src/main/resources/console");
    private static final long MOST_BYTES = 230 * 1024;
    private static final Pattern IMPORTED = Pattern.compile("(?:from|import) ?\\(?['\"](\\.[^'\"$]+)['\"]");
    private static final Pattern LINKED = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");

    @Test
    void allFilesTogetherAreSmall() {
        long bytes = files("").stream().mapToLong(ConsoleFilesTest::size).sum();

        assertTrue(bytes < MOST_BYTES, bytes + " bytes");
    }

    @Test
    void everythingThatIsLoadedIsThere() {
        List<String> missing = files(".js").stream()
                .flatMap(file -> found(IMPORTED, file).map(file::resolveSibling))
                .filter(file -> !Files.isRegularFile(file))
                .map(Path::toString)
                .toList();

        assertEquals(List.of(), missing);
        assertEquals(
                List.of(),
                found(LINKED, CONSOLE.resolve("index.html"))
                        .filter(name -> !Files.isRegularFile(CONSOLE.resolve(name)))
                        .toList());
    }

    @Test
    void textIsNeverMadeMarkupOrProgram() {
        Pattern dangerous =
                Pattern.compile("innerHTML =|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|new Function");
        List<String> ours = files(".js").stream()
                .filter(file -> !file.startsWith(CONSOLE.resolve("vendor")))
                .filter(file -> read(file).contains("dangerouslySetInnerHTML")
                        || dangerous.matcher(read(file)).find())
                .map(Path::toString)
                .toList();

        assertEquals(List.of(), ours);
    }

    @Test
    void thePageObeysItsContentSecurityPolicy() {
        String page = read(CONSOLE.resolve("index.html"));

        assertTrue(!page.contains("style=") && !page.contains("<style"), "inline style");
        assertTrue(
                Pattern.compile("<script(?![^>]* src=)")
                        .matcher(page)
                        .results()
                        .findAny()
                        .isEmpty(),
                "inline script");
        assertTrue(Pattern.compile(" on\\w+=").matcher(page).results().findAny().isEmpty(), "inline handler");
        assertTrue(!page.contains("//"), "something from elsewhere");
    }

    private static Stream<String> found(Pattern pattern, Path file) {
        return pattern.matcher(read(file)).results().map((MatchResult result) -> result.group(1));
    }

    private static List<Path> files(String end) {
        try (Stream<Path> all = Files.walk(CONSOLE)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(end))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        return read(file).getBytes(StandardCharsets.UTF_8).length;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
