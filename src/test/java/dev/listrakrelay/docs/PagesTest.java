package dev.listrakrelay.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The routes in the pages equal those in the route files, and all links lead to existing files and headings. */
class PagesTest {

    private static final Pattern SHOWN_ROUTE = Pattern.compile("(?s)```yaml\n(- route:\n.*?)```");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern PLACE = Pattern.compile("(?m)^#+ (.*)$|id=\"([^\"]*)\"");

    @Test
    void everyShownRouteEqualsItsFile() throws IOException {
        // given
        String routes = String.join(
                "\n",
                Pages.files(Path.of("routes"), ".camel.yaml").map(Pages::text).toList());

        // when
        List<String> shown = Pages.files(Path.of("."), ".md")
                .flatMap(page -> SHOWN_ROUTE.matcher(Pages.text(page)).results())
                .map(route -> route.group(1))
                .toList();

        // then
        assertTrue(shown.size() > 1);
        assertEquals(
                List.of(),
                shown.stream().filter(route -> !routes.contains(route)).toList());
    }

    @Test
    void everyLinkLeadsToAFileAndAHeadingInIt() throws IOException {
        // given
        List<Path> pages = Pages.files(Path.of("."), ".md").toList();

        // when
        List<String> broken = pages.stream().flatMap(PagesTest::broken).toList();

        // then
        assertTrue(pages.size() > 10);
        assertEquals(List.of(), broken);
    }

    private static Stream<String> broken(Path page) {
        return LINK.matcher(CODE.matcher(Pages.text(page)).replaceAll(""))
                .results()
                .filter(link -> !leadsSomewhere(page, link.group(1), link.group(2)))
                .map(link -> page + ": " + link.group());
    }

    private static boolean leadsSomewhere(Path page, String file, String place) {
        Path to = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.exists(to) && (place == null || places(to).contains(place));
    }

    /** The anchors of a page's headings, as links use them: lower case, hyphens for blanks, and no other signs. */
    private static List<String> places(Path page) {
        List<String> places = new ArrayList<>();
        for (MatchResult place : PLACE.matcher(Pages.text(page)).results().toList()) {
            places.add(
                    place.group(1) == null
                            ? place.group(2)
                            : place.group(1)
                                    .toLowerCase(Locale.ROOT)
                                    .replaceAll("[^\\w\\- ]", "")
                                    .replace(' ', '-'));
        }
        return places;
    }
}
