package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program checks and explains mappings without any configuration. */
@Tag("packaged")
class CommandsIT {

    @TempDir
    Path folder;

    private int exitCode;

    @BeforeEach
    void writeAnEvent() throws IOException {
        Files.writeString(
                folder.resolve("event.json"),
                "{\"type\":\"track\",\"event\":\"Signed Up\",\"traits\":{\"email\":\"a@b.c\"}}");
    }

    @Test
    void theMappingsThatShipAreCheckedWithoutStartingAnything() throws Exception {
        // given
        String mappings = Path.of("routes", "mappings").toAbsolutePath().toString();

        // when
        String printed = run("check", mappings);

        // then
        assertThat(printed, exitCode, is(0));
        assertThat(printed, containsString(" cases passed"));
        assertThat(printed, not(containsString("camel")));
    }

    @Test
    void aBrokenMappingHasItsOwnExitCode() throws Exception {
        // given
        Files.writeString(folder.resolve("m.mapping.yaml"), "preset: shop\n");

        // when
        String printed = run("check", folder.toString());

        // then
        assertThat(printed, exitCode, is(65));
        assertThat(printed, containsString("preset: unknown preset, expected one of default, ecommerce, found shop"));
    }

    @Test
    void anEventIsExplained() throws Exception {
        // given
        // when
        String printed = run("explain", "event.json");

        // then
        assertThat(printed, exitCode, is(0));
        assertThat(printed, containsString("outcome: sent"));
    }

    @Test
    void aDrainSaysWhatItNeedsAndTouchesNothing() throws Exception {
        // given
        // when
        String printed = run("drain");

        // then
        assertThat(printed, exitCode, is(78));
        assertThat(printed, containsString("spool.engine: expected kafka"));
        assertThat(Files.exists(folder.resolve("data")), is(false));
    }

    @Test
    void theHelpListsEveryCommand() throws Exception {
        // given
        // when
        String printed = run("explain", "--help");

        // then
        assertThat(printed, exitCode, is(0));
        assertThat(printed, containsString("Usage: " + called() + " [command]\n"));
        for (String command : List.of("check", "explain", "sign", "doctor", "drain", "--version")) {
            assertThat(printed, containsString("\n  " + command + " "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "version"})
    void theVersionContainsTheCommit(String call) throws Exception {
        // given
        String commit = Files.exists(Path.of(".git")) ? " \\(commit [0-9a-f]{7,}\\)" : "";

        // when
        String printed = run(call);

        // then
        assertThat(printed, exitCode, is(0));
        assertThat(printed, matchesPattern("listrak-relay \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?" + commit + "\n"));
    }

    @Test
    void aCallThatIsNotKnownEndsItWithTheHelp() throws Exception {
        // given
        // when
        String printed = run("chek", "routes");

        // then
        assertThat(exitCode, is(64));
        assertThat(printed, containsString("Exit codes:"));
    }

    /** The command line that starts the program. */
    private static String called() {
        String packaged = Program.packaged().toAbsolutePath().toString();
        return packaged.endsWith(".jar") ? "java -jar " + packaged : packaged;
    }

    private String run(String... args) throws Exception {
        List<String> command = new ArrayList<>(Program.command());
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        exitCode = process.waitFor();
        return printed;
    }
}
