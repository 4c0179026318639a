package dev.listrakrelay.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Adds the reason of an error to an answer: {@code error}, the same text as {@code message}, and {@code code}, a word
 * for the status. SDKs read {@code code} and {@code message}, as in Segment's own API.
 */
public final class ErrorFields {

    private static final Map<Integer, String> CODES = Map.of(
            401, "unauthorized",
            404, "not_found",
            405, "method_not_allowed",
            413, "too_large",
            429, "rate_limited",
            503, "unavailable");

    private ErrorFields() {}

    /** Adds the three fields to the answer and returns it. */
    public static ObjectNode addTo(ObjectNode answer, int status, String error) {
        return answer.put("error", error)
                .put("code", CODES.getOrDefault(status, status < 500 ? "invalid_request" : "unavailable"))
                .put("message", error);
    }
}
