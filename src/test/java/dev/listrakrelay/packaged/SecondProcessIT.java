package dev.listrakrelay.packaged;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A spool folder can be used by one process only. */
class SecondProcessIT extends PackagedTest {

    @Test
    void aSecondProcessOnTheSameSpoolIsRefusedAndTheFirstContinues() throws IOException {
        // given
        relay.start();
        Path elsewhere = Files.createDirectory(folder.resolve("second"));

        // when
        try (PackagedRelay second = new PackagedRelay(listrak, elsewhere)
                .with("SPOOL_DIR", folder.resolve("spool").toString())
                .launch()) {
            int exitCode = second.awaitExit();

            // then
            assertThat(exitCode, not(is(0)));
            assertThat(
                    second.logText(),
                    allOf(
                            containsString("spool.dir: " + folder.resolve("spool") + " is in use by another process"),
                            containsString("stop it, or set another spool.dir")));
        }
        assertThat(relay.isReady(), is(true));
        assertThat(relay.post("track", Callers.event("c/1")), is(200));
        awaitNothingPending(Duration.ofSeconds(30));
        assertThat(lost(List.of("c/1")), empty());
    }
}
