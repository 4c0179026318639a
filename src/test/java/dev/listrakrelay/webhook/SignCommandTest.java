package dev.listrakrelay.webhook;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;

import dev.listrakrelay.spool.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command sign: its output and its exit code. */
class SignCommandTest {

    @TempDir
    Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final SignCommand sign = new SignCommand(new TestClock(), new PrintStream(out), new PrintStream(err));

    /**
     * The expected signature comes from {@code printf '{"a":1}1763719200' | openssl dgst -sha256 -hmac sandbox -binary
     * | base64}.
     */
    @Test
    void aFileIsSignedAndTheCurlIsReadyToPaste() throws IOException {
        // given
        Path file = Files.writeString(dir.resolve("it's.json"), "{\"a\":1}");

        // when
        int code = sign.run("--secret", "sandbox", "--name", "carts", file.toString());

        // then
        assertThat(code, is(0));
        assertThat(
                out.toString(StandardCharsets.UTF_8),
                is("curl -i --data-binary '@" + dir + "/it'\\''s.json' -H 'Content-Type: application/json'"
                        + " -H 'LTK-Timestamp: 1763719200'"
                        + " -H 'LTK-HmacSignature: JzOBxdT7HC3+RiXtbTwBPFL7/wcGrkSy/HmVNQLOka8='"
                        + " 'http://localhost:8080/webhooks/listrak/carts'\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "--secret x", "body.json", "--secret x no-such.json", "--secrt x body.json", "--secret x a b"
            })
    void aWrongArgumentIsReportedWithTheUsage(String arguments) {
        // when
        int code = sign.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        // then
        assertThat(code, is(64));
        assertThat(err.toString(StandardCharsets.UTF_8), containsString("sign --secret"));
        assertThat(out.toString(StandardCharsets.UTF_8), emptyString());
    }
}
