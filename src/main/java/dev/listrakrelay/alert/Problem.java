package dev.listrakrelay.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * Something that is wrong now.
 *
 * @param subject what it is about, such as a destination or a spool; empty if there can be only one of its kind
 * @param what what happened, as sentences for an on-call engineer, without data of contacts and without secrets; cut off
 *     after 900 characters
 * @param since when it began
 * @param count how many events, mistakes or problems it is about
 */
record Problem(AlertKind kind, String subject, String what, Instant since, long count) {

    private static final int MOST_OF_SUBJECT = 120;
    private static final int MOST_OF_WHAT = 900;

    Problem {
        what = what.length() > MOST_OF_WHAT ? what.substring(0, MOST_OF_WHAT) + "…" : what;
    }

    /**
     * Returns the same text for each alert about this problem, so that receivers can group them, and a second one with the
     * same subject is the same problem. It contains only letters, digits and {@code ._/-}.
     */
    String id() {
        String safe = subject.replaceAll("[^A-Za-z0-9._-]+", "_");
        String end = safe.substring(0, Math.min(safe.length(), MOST_OF_SUBJECT));
        return kind.alert() + (end.isEmpty() ? "" : "/" + end);
    }

    Problem since(Instant begin) {
        return new Problem(kind, subject, what, begin, count);
    }

    void writeTo(ObjectNode json) {
        json.put("kind", kind.name())
                .put("subject", subject)
                .put("what", what)
                .put("since", since.toString())
                .put("count", count);
    }

    /** @throws IllegalArgumentException or DateTimeException if the JSON is not of {@link #writeTo} */
    static Problem read(JsonNode json) {
        return new Problem(
                AlertKind.valueOf(json.path("kind").asText()),
                json.path("subject").asText(),
                json.path("what").asText(),
                Instant.parse(json.path("since").asText()),
                json.path("count").asLong());
    }
}
