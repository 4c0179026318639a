package dev.listrakrelay.start;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintStream;

/** Makes a running relay send a test alert. */
final class AlertsCommand {

    private static final String EXPECTED = "test, as in: alerts test";

    private AlertsCommand() {}

    static int run(CommandOptions options, AdminClient relay, PrintStream out, PrintStream err)
            throws AdminClient.CallRefused {
        if (!options.plain(1, EXPECTED).get(0).equals("test")) {
            throw new CommandOptions.BadUsage("expected " + EXPECTED);
        }
        String alert = relay.post("alerts/test", JsonNodeFactory.instance.objectNode())
                .path("alert")
                .asText();
        out.println(
                "The relay stored the alert " + alert + ", and posts it to alerts.url. If it does not arrive within a"
                        + " minute, the log and the page say why: look for alerts.");
        return 0;
    }
}
