package dev.listrakrelay.bench;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads the answers of one HTTP/1.1 connection that has at most one open request. */
final class Answer {
    /** {@link #read} returns this as long as the answer is incomplete. */
    static final int INCOMPLETE = -1;

    private static final String LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding: chunked";

    private String received = "";

    /** Adds received bytes. When the answer is complete, returns its status and starts with the next answer. */
    int read(Buffer bytes) {
        received += bytes.toString(StandardCharsets.ISO_8859_1);
        int headEnd = received.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            return INCOMPLETE;
        }
        String head = received.substring(0, headEnd).toLowerCase(Locale.ROOT);
        boolean whole = head.contains(CHUNKED)
                ? received.endsWith("0\r\n\r\n")
                : received.length() >= headEnd + 4 + length(head);
        if (!whole) {
            return INCOMPLETE;
        }
        received = "";
        return Integer.parseInt(head.substring(9, 12));
    }

    private static int length(String head) {
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int end = head.indexOf('\r', at);
        return Integer.parseInt(head.substring(at + LENGTH.length(), end < 0 ? head.length() : end)
                .trim());
    }
}
