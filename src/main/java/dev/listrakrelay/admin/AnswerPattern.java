package dev.listrakrelay.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes one text of answers that differ in numbers, ids and quoted values alone. */
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

    /** What an answer in JSON says in words, as Listrak's do; else all of it. */
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
