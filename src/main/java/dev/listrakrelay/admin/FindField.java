package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Tells whether an event has a value in the field that the operator finds events by.
 *
 * @param path the members that lead to it, from the event's root
 */
record FindField(List<String> path) {

    private static final Pattern PATH = Pattern.compile("(\\$\\.)?[^.\\s\\[\\]]+(\\.[^.\\s\\[\\]]+)*");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] ESCAPE = {'\\', 'u'};

    /** @param path such as {@code properties.order_id} */
    static FindField of(String path) {
        return new FindField(List.of(path.replaceFirst("^\\$\\.", "").split("\\.")));
    }

    static boolean isPath(String text) {
        return PATH.matcher(text).matches();
    }

    /** Whether an event's JSON has exactly that value there: a text, or a number as it is written. */
    Predicate<byte[]> is(String value) {
        byte[] wanted = value.getBytes(StandardCharsets.UTF_8);
        return raw -> (contains(raw, wanted) || contains(raw, ESCAPE)) && value.equals(valueIn(raw));
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

    /** Spares most events their reading. */
    private static boolean contains(byte[] raw, byte[] wanted) {
        byte first = wanted[0];
        for (int i = 0; i <= raw.length - wanted.length; i++) {
            if (raw[i] == first) {
                int same = 1;
                while (same < wanted.length && raw[i + same] == wanted[same]) {
                    same++;
                }
                if (same == wanted.length) {
                    return true;
                }
            }
        }
        return false;
    }
}
