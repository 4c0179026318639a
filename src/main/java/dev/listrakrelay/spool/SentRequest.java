package dev.listrakrelay.spool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Holds one request with events, and its answer. It becomes a step in the history of each of these events.
 *
 * @param sentAt when the request was sent
 * @param destination name of the destination, such as {@code listrak} or {@code webhook-orders}
 * @param status status of the answer; 0 if there was no answer
 * @param millis time until the answer or the failure, 0 or more
 * @param bytes size of its body
 * @param isAmbiguous whether the destination may have accepted it although there was no complete answer
 * @param answer the body of an answer that is no 2xx, or the failure, of an ambiguous request its cause, such as {@code
 *     time-out}; at most 300 characters, empty after a success
 * @param seqs the events in the request
 */
public record SentRequest(
        Instant sentAt,
        String destination,
        int status,
        long millis,
        int bytes,
        boolean isAmbiguous,
        String answer,
        List<Long> seqs) {

    /** The outcome of the step. */
    public static final String ATTEMPTED = "attempted";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_OF_AN_ANSWER = 300;

    public SentRequest {
        answer = answer.substring(0, Math.min(answer.length(), MOST_OF_AN_ANSWER));
    }

    /** Returns the step of the history. Its reason is JSON with all values except the seqs. */
    public EventStep step() {
        ObjectNode json = JSON.createObjectNode()
                .put("destination", destination)
                .put("status", status)
                .put("millis", millis)
                .put("events", seqs.size())
                .put("bytes", bytes)
                .put("ambiguous", isAmbiguous)
                .put("answer", answer);
        return new EventStep(sentAt, ATTEMPTED, json.toString());
    }

    /** Returns the request of a step; empty if the step is no request. */
    public static Optional<ObjectNode> of(EventStep step) {
        if (!isRequest(step.outcome())) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(step.reason());
            return json instanceof ObjectNode request
                    ? Optional.of(request.put("sentAt", step.at().toString()))
                    : Optional.empty();
        } catch (JsonProcessingException blanked) {
            // the reason was erased because a contact was forgotten
            return Optional.empty();
        }
    }

    /** Whether the destination accepted the request, or may have. */
    public boolean mayBeAccepted() {
        return isAmbiguous || status / 100 == 2;
    }

    /** Whether a step with this outcome is a request. Such a step does not settle its event. */
    public static boolean isRequest(String outcome) {
        return outcome.equals(ATTEMPTED);
    }
}
