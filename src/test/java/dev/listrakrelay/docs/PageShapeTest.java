package dev.listrakrelay.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A page is short, says who its readers are, is listed in its folder, and names only things that exist. */
class PageShapeTest {

    private static final Path HERE = Path.of(".");
    private static final Path DOCS = Path.of("src/docs");
    private static final Path DECISIONS = DOCS.resolve("decisions");
    private static final int MOST_LINES = 200;
    private static final int MOST_LINES_OF_THE_README = 120;
    private static final Pattern BEGINS = Pattern.compile("(?s)# [^\n]+\n\nFor .*");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT|Contract))\\b");
    private static final Pattern PROFILE = Pattern.compile("mvn [^`\n]*?-P([\\w,]+)");
    private static final Pattern METRIC = Pattern.compile("\"(listrak\\.relay\\.\\w[\\w.]*)\"");

    @Test
    void noPageIsLong() throws IOException {
        assertTrue(lines(Path.of("README.md")) <= MOST_LINES_OF_THE_README, "README.md");
        assertEquals(List.of(), pages(page -> lines(page) > MOST_LINES));
    }

    @Test
    void everyPageSaysFirstWhomItIsFor() throws IOException {
        Predicate<Path> isDecision = page -> page.startsWith(DECISIONS) && !page.endsWith("README.md");

        assertEquals(List.of(), pages(isDecision.negate().and(page -> !BEGINS.matcher(Pages.text(page))
                .matches())));
    }

    @Test
    void everyPageIsInTheListOfItsFolder() throws IOException {
        assertEquals(List.of(), pages(page -> !page.endsWith("README.md") && !isListed(page)));
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Set<String> tests = Pages.files(Path.of("src/test/java"), ".java")
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());

        assertEquals(
                List.of(),
                named(TEST).filter(test -> !tests.contains(test)).distinct().toList());
    }

    @Test
    void everyMavenProfileThatIsNamedIsInThePom() throws IOException {
        Set<String> profiles = Set.copyOf(Pom.texts("/project/profiles/profile/id"));

        assertEquals(
                List.of(),
                named(PROFILE)
                        .flatMap(some -> Stream.of(some.split(",")))
                        .filter(profile -> !profiles.contains(profile))
                        .distinct()
                        .toList());
    }

    @Test
    void everyMetricIsOnThePageOfMetrics() throws IOException {
        String page = Pages.text(DOCS.resolve("reference/metrics.md"));
        List<String> metrics = Pages.files(Path.of("src/main/java"), ".java")
                .flatMap(file -> METRIC.matcher(Pages.text(file)).results())
                .map(metric -> metric.group(1).replace('.', '_'))
                .toList();

        assertTrue(metrics.size() > 8);
        assertEquals(
                List.of(),
                metrics.stream()
                        .filter(metric -> !page.toLowerCase(Locale.ROOT).contains(metric))
                        .toList());
    }

    private static boolean isListed(Path page) {
        Path folder = page.startsWith(DECISIONS) ? DECISIONS : DOCS;
        return Pages.text(folder.resolve("README.md")).contains("](" + folder.relativize(page) + ")");
    }

    private static List<Path> pages(Predicate<Path> wrong) throws IOException {
        List<Path> all = Pages.files(DOCS, ".md").toList();
        assertTrue(all.size() > 30);
        return all.stream().filter(wrong).toList();
    }

    private static Stream<String> named(Pattern what) throws IOException {
        return Pages.files(HERE, ".md")
                .flatMap(page -> what.matcher(Pages.text(page)).results())
                .map(found -> found.group(1));
    }

    private static long lines(Path page) {
        return Pages.text(page).lines().count();
    }
}
