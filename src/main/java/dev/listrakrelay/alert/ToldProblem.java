package dev.listrakrelay.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A problem that was told and is not resolved yet.
 *
 * @param problem as last seen, with its first begin
 * @param toldAt when it was last told
 * @param seenAt when it was last seen
 * @param isSummarized whether only the summary tells it
 */
record ToldProblem(Problem problem, Instant toldAt, Instant seenAt, boolean isSummarized) {

    ToldProblem seen(Problem again, Instant now) {
        return new ToldProblem(again.since(problem.since()), toldAt, now, isSummarized);
    }

    ToldProblem reminded(Instant now) {
        return new ToldProblem(problem, now, seenAt, isSummarized);
    }

    void writeTo(ObjectNode json) {
        problem.writeTo(json);
        json.put("toldAt", toldAt.toString()).put("isSummarized", isSummarized);
    }

    /** @param now counts as the time when the problem was last seen: the relay doesn't know yet whether it is over */
    static ToldProblem read(JsonNode json, Instant now) {
        return new ToldProblem(
                Problem.read(json),
                Instant.parse(json.path("toldAt").asText()),
                now,
                json.path("isSummarized").asBoolean());
    }
}
