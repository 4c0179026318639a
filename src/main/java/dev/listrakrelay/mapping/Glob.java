package dev.listrakrelay.mapping;

/** Matches event names against a pattern: {@code *} matches any text, {@code ?} any one character. */
record Glob(String pattern) {

    static boolean isOne(String name) {
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
    }

    /**
     * Compares pattern and name from left to right. At a difference, it goes back to the last star and lets it match
     * one more character.
     */
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
