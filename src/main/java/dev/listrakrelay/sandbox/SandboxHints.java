package dev.listrakrelay.sandbox;

import dev.listrakrelay.settings.Program;

/**
 * Tells a newcomer what to try, ready to paste.
 *
 * @param relayPort where the relay takes events
 * @param adminPort where it tells what became of them
 * @param sandboxPort where the sandbox Listrak shows them
 */
record SandboxHints(int relayPort, int adminPort, int sandboxPort) {

    private static final String EVENT =
            """
            {"type":"track","event":"Order Completed",\
            "properties":{"order_id":"ORD-10428","revenue":129.99,"currency":"USD"},\
            "context":{"traits":{"email":" User@Example.com "}},"timestamp":"2026-06-06T12:34:56Z"}""";

    /** Posts one event, with a write key of the sandbox's. */
    static String send(int relayPort) {
        return "curl -u sandbox: http://localhost:" + relayPort + "/v1/track -H 'Content-Type: application/json' -d '"
                + EVENT + "'";
    }

    String look() {
        return "curl http://localhost:" + sandboxPort + "/received";
    }

    String ask() {
        return "curl 'http://localhost:" + adminPort + "/admin/events?contact=user@example.com'";
    }

    /** Posts a webhook as Journey Hub would, under the secret of the sandbox's. */
    String sendWebhook() {
        return "echo '{\"email\":\"user@example.com\",\"cart\":\"C-17\"}' > cart.json\n"
                + Program.call() + " sign --secret sandbox --url http://localhost:"
                + relayPort
                + " cart.json | sh";
    }

    String lookAtThirdParty() {
        return "curl http://localhost:" + sandboxPort + "/third-party";
    }

    String banner() {
        return """
                This is a sandbox: nothing leaves this machine. Send an event, then see what Listrak got:

                %s
                %s      (or open http://localhost:%d/ in a browser)

                Ask what became of this contact's events: did they reach Listrak, and if not, why?

                %s      (or open http://localhost:%d/ in a browser)

                Send a webhook as Listrak does, then see what the third party got:

                %s
                %s
                """
                .formatted(send(relayPort), look(), sandboxPort, ask(), adminPort, sendWebhook(), lookAtThirdParty());
    }
}
