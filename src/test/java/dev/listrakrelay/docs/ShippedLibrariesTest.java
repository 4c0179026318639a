package dev.listrakrelay.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The libraries on the class path are those that SECURITY.md describes. */
class ShippedLibrariesTest {

    private static final Pattern RAISED = Pattern.compile("(?m)^\\| `([\\w-]+)` \\| (\\d[\\w.-]*) \\|");
    private static final Pattern COMPONENT = Pattern.compile("`(camel-[\\w-]+)`");
    private static final Pattern JAR = Pattern.compile("([\\w.-]+?)-(\\d[\\w.-]*)\\.jar");
    private static final String PAGE = Pages.text(Path.of(".github", "SECURITY.md"));

    private final Map<String, String> shipped = shipped();

    @Test
    void everyLibraryThatIsRaisedHasAtLeastItsVersion() {
        List<MatchResult> raised = RAISED.matcher(PAGE).results().toList();
        List<String> tooOld = raised.stream()
                .filter(row ->
                        Version.parse(shipped.getOrDefault(row.group(1), "0")).compareTo(Version.parse(row.group(2)))
                                < 0)
                .map(row -> row.group(1) + ": expected " + row.group(2) + ", found " + shipped.get(row.group(1)))
                .toList();

        assertTrue(raised.size() > 5);
        assertEquals(List.of(), tooOld);
    }

    @Test
    void noComponentThatIsSaidNotToBeShippedIsThere() {
        String section = PAGE.substring(PAGE.indexOf("## Camel components that the relay does not ship"));
        List<String> components = COMPONENT
                .matcher(section.substring(0, section.indexOf("\n## ", 1)))
                .results()
                .map(component -> component.group(1))
                .toList();

        assertTrue(components.size() > 30);
        assertEquals(
                List.of(),
                components.stream()
                        .filter(name -> shipped.containsKey(name)
                                || shipped.containsKey(name.replaceFirst("camel-(?!quarkus-)", "camel-quarkus-")))
                        .toList());
    }

    private static Map<String, String> shipped() {
        Map<String, String> shipped = new HashMap<>();
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> JAR.matcher(new File(path).getName()))
                .filter(Matcher::matches)
                .forEach(jar -> shipped.put(jar.group(1), jar.group(2)));
        assertTrue(shipped.containsKey("camel-jms"), "the class path: expected jars, found " + shipped.keySet());
        return shipped;
    }
}
