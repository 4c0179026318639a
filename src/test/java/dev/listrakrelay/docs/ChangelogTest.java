package dev.listrakrelay.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The version in pom.xml has an entry in the changelog, which is written by hand. */
class ChangelogTest {

    @Test
    void theVersionThatIsBuiltHasAnEntry() throws IOException {
        // given
        String version = Pom.text("/project/version").replace("-SNAPSHOT", "");

        // when
        String changelog = Pages.text(Path.of(".github", "CHANGELOG.md"));

        // then
        assertTrue(
                changelog.lines().anyMatch(line -> line.matches("## \\Q" + version + "\\E( .*)?")),
                ".github/CHANGELOG.md: expected an entry \"## " + version + "\", found none");
    }
}
