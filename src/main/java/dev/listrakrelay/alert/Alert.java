package dev.listrakrelay.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * What is told about a problem.
 *
 * @param at when it was decided to tell it
 */
record Alert(AlertState state, Problem problem, Instant at) {

    private static final String JSON = "application/json";

    /**
     * Returns the JSON that is posted.
     *
     * @param page the address of the relay's page; empty if it is not known
     * @param process the name of this relay
     */
    ObjectNode toJson(String page, String process) {
        AlertKind kind = problem.kind();
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", problem.id())
                .put("alert", kind.alert())
                .put("subject", problem.subject())
                .put("state", state.toString())
                .put("severity", kind.severity().toString())
                .put("what", what())
                .put("since", problem.since().toString())
                .put("count", problem.count())
                .put("todo", state == AlertState.RESOLVED ? "Nothing." : kind.todo())
                .put("page", page.replaceFirst("/+$", "") + "/console/#/" + kind.view())
                .put("runbook", "src/docs/alerts.md#" + kind.alert().toLowerCase(Locale.ROOT))
                .put("process", process)
                .put("at", at.toString());
    }

    private String what() {
        return switch (state) {
            case RAISED -> problem.what();
            case REMINDER -> "Still: " + problem.what();
            case RESOLVED -> problem.kind().over(problem.subject());
        };
    }

    /**
     * Returns the event that the spool stores. Alerts of one problem have one contact, so they stay in order.
     *
     * @param messageId an id that no other alert has; the spool stores it once
     */
    static Event event(String messageId, JsonNode json) {
        return new Event(
                0,
                messageId,
                AlertsConfig.SPOOL,
                JSON,
                json.path("alert").asText(),
                json.path("id").asText(),
                Instant.parse(json.path("at").asText()),
                json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
