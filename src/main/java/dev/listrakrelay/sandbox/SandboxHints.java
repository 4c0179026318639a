package dev.listrakrelay.sandbox;

import dev.listrakrelay.settings.LaunchCommand;

/**
 * Builds the commands that a newcomer can paste into a terminal.
 *
 * @param relayPort the port on which the relay accepts events
 * @param adminPort the port of the administration API and the page
 * @param sandboxPort the port on which the sandbox Listrak shows the events that it received
 */
record SandboxHints(int relayPort, int adminPort, int sandboxPort) {

    private static final String EVENT =
            """
            {"type":"track","event":"Order Completed",\
            "properties":{"order_id":"ORD-10428","revenue":129.99,"currency":"USD"},\
            "context":{"traits":{"email":" User@Example.com "}},"timestamp":"2026-06-06T12:34:56Z"}""";

    /** Returns a command that posts one event with the sandbox's write key. */
    static String sendEvent(int relayPort) {
        return "curl -u sandbox: http://localhost:" + relayPort + "/v1/track -H 'Content-Type: application/json' -d '"
                + EVENT + "'";
    }

    String showReceived() {
        return "curl http://localhost:" + sandboxPort + "/received";
    }

    String findEvents() {
        return "curl 'http://localhost:" + adminPort + "/admin/events?contact=user@example.com'";
    }

    /** Returns a command that posts a webhook as Journey Hub does, signed with the sandbox's secret. */
    String sendWebhook() {
        return "echo '{\"email\":\"user@example.com\",\"cart\":\"C-17\"}' > cart.json\n"
                + LaunchCommand.command() + " sign --secret sandbox --url http://localhost:"
                + relayPort
                + " cart.json | sh";
    }

    String showThirdParty() {
        return "curl http://localhost:" + sandboxPort + "/third-party";
    }

    String banner() {
        return """
                This is the sandbox: no data leaves this machine. Send an event, then see what Listrak received:

                %s
                %s      (or open http://localhost:%d/ in a browser)

                Find this contact's events: did they reach Listrak, and if not, why?

                %s      (or open http://localhost:%d/ in a browser)

                Send a webhook as Listrak does, then see what the third party received:

                %s
                %s
                """
                .formatted(
                        sendEvent(relayPort),
                        showReceived(),
                        sandboxPort,
                        findEvents(),
                        adminPort,
                        sendWebhook(),
                        showThirdParty());
    }
}
