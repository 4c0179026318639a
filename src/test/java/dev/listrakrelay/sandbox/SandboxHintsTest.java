package dev.listrakrelay.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The commands that the sandbox suggests to a new user. */
class SandboxHintsTest {

    private final SandboxHints hints = new SandboxHints(8080, 9000, 8090);

    @Test
    void theCommandsAreReadyToPaste() {
        // given
        String send = SandboxHints.sendEvent(8080);

        // when
        String banner = hints.banner();

        // then
        assertEquals(
                "curl -u sandbox: http://localhost:8080/v1/track -H 'Content-Type: application/json'"
                        + " -d '{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"order_id\":"
                        + "\"ORD-10428\",\"revenue\":129.99,\"currency\":\"USD\"},\"context\":{\"traits\":{\"email\":"
                        + "\" User@Example.com \"}},\"timestamp\":\"2026-06-06T12:34:56Z\"}'",
                send);
        assertTrue(banner.contains("\n" + send + "\n"), banner);
        assertTrue(banner.contains("\ncurl http://localhost:8090/received "), banner);
        assertTrue(
                banner.contains("\n" + hints.findEvents() + "      (or open http://localhost:9000/ in a browser)\n"),
                banner);
    }

    @Test
    void theReadmeHasTheSameCommands() throws IOException {
        // given
        String readme = Files.readString(Path.of("README.md"));

        // when
        List<String> missing = Stream.of(SandboxHints.sendEvent(8080), hints.showReceived(), hints.findEvents())
                .filter(command -> !readme.contains(command))
                .toList();

        // then
        assertEquals(List.of(), missing);
    }
}
