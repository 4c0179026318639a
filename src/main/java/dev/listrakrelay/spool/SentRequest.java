package dev.listrakrelay.spool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One request that carried events to their destination, and how it ended: a step of each of these events.
 *
 * @param sentAt when it left
 * @param destination to whom, such as {@code listrak} or {@code webhook-orders}
 * @param status what was answered; 0 if nothing was
 * @param millis how long until then, 0 or more
 * @param bytes how large its body was
 * @param isAmbiguous whether it may have been taken though no answer came
 * @param answer what was said where that is no 2xx, or what went wrong; at most 300 characters, empty where all went well
 * @param seqs the events that it carried
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

    /** The step of a history that tells of it: everything but the events is JSON in its reason. */
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

    /** What a step tells of a request; empty where it tells of something else. */
    public static Optional<ObjectNode> of(EventStep step) {
        if (!isOne(step.outcome())) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(step.reason());
            return json instanceof ObjectNode request
                    ? Optional.of(request.put("sentAt", step.at().toString()))
                    : Optional.empty();
        } catch (JsonProcessingException blanked) {
            // the reason of a contact that was forgotten
            return Optional.empty();
        }
    }

    /** Whether a step of this outcome decides nothing about its event. */
    public static boolean isOne(String outcome) {
        return outcome.equals(ATTEMPTED);
    }
}
