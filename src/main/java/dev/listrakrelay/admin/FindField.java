package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds events by the value of one field, which {@code admin.find-field} names.
 *
 * @param path the field names from the event's root to the field
 */
record FindField(List<String> path) {

    private static final Pattern PATH = Pattern.compile("(\\$\\.)?[^.\\s\\[\\]]+(\\.[^.\\s\\[\\]]+)*");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Characters that no JSON writer escapes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 _.:,;#@*!()-]+");

    /** @param path field names separated by dots, such as {@code properties.order_id} */
    static FindField of(String path) {
        return new FindField(List.of(path.replaceFirst("^\\$\\.", "").split("\\.")));
    }

    static boolean isPath(String text) {
        return PATH.matcher(text).matches();
    }

    /** Returns a test whether the field in an event's JSON has exactly a value: a string, or a number as it is written. */
    Predicate<byte[]> is(String value) {
        Predicate<byte[]> mayHold = mayHold(value);
        return raw -> mayHold.test(raw) && value.equals(valueIn(raw));
    }

    /** Returns a quick test whether JSON may have the value anywhere, so that most events need not be parsed. */
    static Predicate<byte[]> mayHold(String value) {
        // one character for each byte is the fastest to search
        String wanted = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        boolean isPlain = PLAIN.matcher(value).matches();
        return raw -> {
            String text = new String(raw, StandardCharsets.ISO_8859_1);
            return text.contains(wanted) || !isPlain && text.indexOf('\\') >= 0;
        };
    }

    private String valueIn(byte[] raw) {
        try {
            JsonNode node = JSON.readTree(raw);
            for (String member : path) {
                node = node.path(member);
            }
            return node.isValueNode() && !node.isNull() ? node.asText() : null;
        } catch (IOException notJson) {
            return null;
        }
    }
}
