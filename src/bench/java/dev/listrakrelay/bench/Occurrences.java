package dev.listrakrelay.bench;

import java.nio.charset.StandardCharsets;

/**
 * Counts how often a short ASCII text occurs in a body, without parsing it. Uses Horspool's search, which skips bytes.
 */
final class Occurrences {
    private final byte[] pattern;
    private final int[] skip = new int[256];

    Occurrences(String text) {
        pattern = text.getBytes(StandardCharsets.US_ASCII);
        java.util.Arrays.fill(skip, pattern.length);
        for (int i = 0; i < pattern.length - 1; i++) {
            skip[pattern[i] & 0xff] = pattern.length - 1 - i;
        }
    }

    int in(byte[] body) {
        int count = 0;
        int end = pattern.length - 1;
        while (end < body.length) {
            if (endsAt(body, end)) {
                count++;
                end += pattern.length;
            } else {
                end += skip[body[end] & 0xff];
            }
        }
        return count;
    }

    private boolean endsAt(byte[] body, int end) {
        for (int i = pattern.length - 1, at = end; i >= 0; i--, at--) {
            if (body[at] != pattern[i]) {
                return false;
            }
        }
        return true;
    }
}
