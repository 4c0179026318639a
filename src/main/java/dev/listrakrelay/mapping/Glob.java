package dev.listrakrelay.mapping;

/** A pattern of an event name: {@code *} stands for any text, {@code ?} for any one character. */
record Glob(String pattern) {

    static boolean isOne(String name) {
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
    }

    /** Walks along both, and back to the last star where they part. */
    boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < name.length()) {
            char expected = at < pattern.length() ? pattern.charAt(at) : 0;
            if (expected == '*') {
                star = at++;
                resume = in;
            } else if (expected == '?' || at < pattern.length() && expected == name.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
