package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands in the pages work as written, against a sandbox on other ports. Blocks with {@code …} are left out,
 * because the reader has to complete them.
 */
@Tag("packaged")
@Timeout(180)
class DocumentedCommandsIT {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|json|yaml)\n(.*?)^```$");
    /** A command that a reader may repeat until it answers as the page says. */
    private static final Pattern QUESTION = Pattern.compile("curl '?http\\S+\n");

    @TempDir
    Path folder;

    private final int port = Ports.free();
    private final int adminPort = Ports.free();
    private final int sandboxPort = Ports.free();
    private Process sandbox;
    private int commands;
    private String printed;

    @BeforeEach
    void startTheSandbox() throws IOException {
        Machine.assumeInstalled("sh", "curl");
        assumeTrue(Program.command().contains("-jar"), "the pages call a jar, and none was packaged last");
        Files.createSymbolicLink(folder.resolve("target"), Path.of("target").toAbsolutePath());
        Files.createSymbolicLink(folder.resolve("routes"), Path.of("routes").toAbsolutePath());
        Files.copy(Path.of("routes/mappings/listrak.mapping.yaml"), folder.resolve("my.mapping.yaml"));
        Files.writeString(folder.resolve("event.json"), "{\"type\":\"page\",\"traits\":{\"email\":\"a@b.c\"}}");
        ProcessBuilder start = new ProcessBuilder(Program.command(
                        "-Dquarkus.profile=sandbox",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.port=" + adminPort,
                        "-Dsandbox.port=" + sandboxPort,
                        "-Dspool.dir=" + folder.resolve("data")))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile());
        start.environment().put("MAPPING_FILE", "my.mapping.yaml");
        sandbox = start.start();
        awaitPrinted("This is the sandbox");
    }

    @AfterEach
    void stopTheSandbox() {
        if (sandbox != null) {
            sandbox.destroyForcibly();
        }
    }

    @Test
    void gettingStartedPrintsWhatThePageSays() throws Exception {
        // when
        follow("src/docs/getting-started.md");

        // then
        assertThat(commands, greaterThan(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings =
                    "README.md src/docs/sending-events.md src/docs/mapping.md src/docs/reference/admin-api.md src/docs/identity.md")
    void everyCommandOfAPageSucceeds(String pages) throws Exception {
        for (String page : pages.split(" ")) {
            int before = commands;

            // when
            follow(page);

            // then
            assertThat(page, commands, greaterThan(before));
        }
    }

    private void follow(String page) throws Exception {
        String command = "";
        for (MatchResult block :
                BLOCK.matcher(Files.readString(Path.of(page))).results().toList()) {
            String text = here(block.group(2));
            boolean isGettingStarted = page.endsWith("getting-started.md");
            if (block.group(1).equals("sh") && !text.contains("…")) {
                command = text;
                commands++;
                int code = run(command);
                assertThat(command + lastOf(printed), code, is(0));
            } else if (block.group(1).equals("json") && isGettingStarted) {
                expect(command, text);
            } else if (block.group(1).equals("yaml") && isGettingStarted) {
                Files.writeString(folder.resolve("my.mapping.yaml"), text, StandardOpenOption.APPEND);
                awaitPrinted("mapping: my.mapping.yaml is active, 6 rules");
            }
        }
    }

    private static String lastOf(String text) {
        return " ended with: " + text.substring(Math.max(0, text.length() - 300));
    }

    private void expect(String command, String text) throws Exception {
        Pattern expected = Pattern.compile(
                Arrays.stream(squeezed(text).split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*?")));
        if (QUESTION.matcher(command).matches()) {
            await(command)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> run(command) == 0
                            && expected.matcher(squeezed(printed)).matches());
        } else {
            assertThat(command, squeezed(printed), matchesPattern(expected));
        }
    }

    /** @return the exit code */
    private int run(String command) throws IOException, InterruptedException {
        String failing = command.replace("curl ", "curl -sSf ");
        Process process = new ProcessBuilder("sh", "-e", "-c", failing)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor();
    }

    private String here(String text) {
        return text.replace("localhost:8080", "localhost:" + port)
                .replace("localhost:9000", "localhost:" + adminPort)
                .replace("localhost:8090", "localhost:" + sandboxPort);
    }

    private void awaitPrinted(String text) {
        await(text).atMost(Duration.ofSeconds(60)).until(() -> Files.readString(folder.resolve("printed"))
                .contains(text));
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s", "");
    }
}
