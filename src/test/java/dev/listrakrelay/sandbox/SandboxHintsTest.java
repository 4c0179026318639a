package dev.listrakrelay.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SandboxHintsTest {

    @Test
    void theCommandsAreReadyToPaste() {
        // given
        SandboxHints hints = new SandboxHints(8080, 8090);

        // when
        String banner = hints.banner();

        // then
        assertEquals(
                "curl -u sandbox: http://localhost:8080/v1/track -H 'Content-Type: application/json'"
                        + " -d '{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"order_id\":"
                        + "\"ORD-10428\",\"revenue\":129.99,\"currency\":\"USD\"},\"context\":{\"traits\":{\"email\":"
                        + "\" User@Example.com \"}},\"timestamp\":\"2026-06-06T12:34:56Z\"}'",
                hints.send());
        assertTrue(banner.contains("\n" + hints.send() + "\n"), banner);
        assertTrue(banner.contains("\ncurl http://localhost:8090/received "), banner);
    }
}
