package dev.listrakrelay.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces the quoted values, ids, addresses and numbers of an answer by "…", so that answers with the same cause have the same
 * text.
 */
final class AnswerPattern {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 300;
    private static final String LEFT_OUT = "…";

    /** Quoted values, ids of hexadecimal digits, addresses, numbers. */
    private static final Pattern VALUES = Pattern.compile(
            "\"[^\"]*\"|(?<![\\p{L}\\d])'[^']*'(?!\\p{L})|\\b(?=[0-9a-fA-F-]*\\d)[0-9a-fA-F-]{8,}\\b|\\S+@\\S+"
                    + "|\\d+(?:[.,:]\\d+)*");

    private AnswerPattern() {}

    static String of(String answer) {
        String text = VALUES.matcher(message(answer)).replaceAll(LEFT_OUT).strip();
        return text.length() > MOST ? text.substring(0, MOST) + LEFT_OUT : text;
    }

    /** Returns the message of a JSON answer, such as Listrak's, or the whole answer if it has no message. */
    private static String message(String answer) {
        if (!answer.startsWith("{")) {
            return answer;
        }
        try {
            JsonNode json = JSON.readTree(answer);
            return Stream.of(json.path("message"), json.path("error").path("message"), json.path("error"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .findFirst()
                    .orElse(answer);
        } catch (JsonProcessingException cutOff) {
            return answer;
        }
    }
}
