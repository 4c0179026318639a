package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mvn package} makes an archive of the program's classes in a training run, and the documented command uses it.
 */
@Tag("packaged")
class ClassArchiveIT {

    private static final Pattern DOCUMENTED = Pattern.compile("^MALLOC_ARENA_MAX=2 (java .*)$", Pattern.MULTILINE);

    @TempDir
    Path temporary;

    private int exitCode;

    @BeforeEach
    void aNativeExecutableNeedsNone() {
        assumeTrue(Program.command().contains("-jar"), "no jar was packaged last");
    }

    @Test
    void theDocumentedCommandFindsItsClassesInTheArchive() throws Exception {
        // given
        List<String> command = new ArrayList<>(documentedCommand());
        command.add(1, "-Xlog:class+load");
        command.add("--help");

        // when
        String printed = run(command);

        // then
        assertThat(printed, exitCode, is(0));
        assertThat(printed, containsString("dev.listrakrelay.start.Start source: shared objects file (top)"));
        assertThat(printed, containsString("Exit codes:"));
    }

    @Test
    void aTrainingRunBecomesReadyEndsByItselfAndLeavesNoFileBehind() throws Exception {
        // given
        List<String> command = new ArrayList<>(Program.command("-Djava.io.tmpdir=" + temporary));
        command.add("rehearse");

        // when
        String printed = run(command);

        // then
        assertThat(printed, exitCode, is(0));
        assertThat(printed, is(emptyString()));
        try (Stream<Path> left = Files.walk(temporary).filter(Files::isRegularFile)) {
            assertThat(left.toList(), is(List.of()));
        }
    }

    private static List<String> documentedCommand() throws IOException {
        String page = Files.readString(Path.of("src/docs/operating.md")).replace("\\\n", "");
        String command = DOCUMENTED
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow()
                .replaceFirst(
                        "^\\S+ java",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return Arrays.asList(command.split(" +"));
    }

    private String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        exitCode = process.waitFor();
        return printed;
    }
}
