package dev.listrakrelay.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintStream;

/** Prints an event of the history as an entry for a cases file: pseudonyms for personal data, and what the mapping makes of it. */
final class CaseCommand {

    static final int NO_EVENT = 66;

    private CaseCommand() {}

    /** @return the exit code: 0 if the case was printed, 66 if no such event is kept */
    static int run(CommandOptions options, AdminClient relay, PrintStream out, PrintStream err)
            throws AdminClient.CallRefused {
        String messageId = options.plain(1, "a messageId").get(0);
        String spool = options.get("--spool")
                .map(name -> "&spool=" + AdminClient.encoded(name))
                .orElse("");
        JsonNode found = relay.json(relay.get("events?messageId=" + AdminClient.encoded(messageId) + spool));
        JsonNode event = first(found);
        if (event.isMissingNode()) {
            err.println(messageId + ": no such event, expected one of spool.history or a dead letter");
            return NO_EVENT;
        }
        String path = "events/" + event.path("seq").asText() + "/case?spool="
                + AdminClient.encoded(event.path("spool").asText());
        String yaml = relay.post(path, JsonNodeFactory.instance.objectNode())
                .path("yaml")
                .asText();
        out.print(yaml.endsWith("\n") ? yaml : yaml + "\n");
        return 0;
    }

    /** The event as it came, before it was forwarded to an account; else the newest entry. */
    private static JsonNode first(JsonNode found) {
        for (JsonNode event : found.path("events")) {
            if (event.path("spool").asText().equals("events")) {
                return event;
            }
        }
        JsonNode newest = found.path("events").path(0);
        return newest.isMissingNode() ? found.path("deadLetters").path(0) : newest;
    }
}
