package dev.listrakrelay.mapping;

/** Matches event names against a pattern: {@code *} matches any text, {@code ?} any one character. */
record Glob(String pattern) {

    static boolean isGlob(String name) {
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
    }

    /**
     * Compares pattern and name from left to right. At a difference, it goes back to the last star and lets it match
     * one more character.
     */
    boolean matches(String name) {
        int patternIndex = 0;
        int nameIndex = 0;
        int star = -1;
        int resume = 0;
        while (nameIndex < name.length()) {
            char expected = patternIndex < pattern.length() ? pattern.charAt(patternIndex) : 0;
            if (expected == '*') {
                star = patternIndex++;
                resume = nameIndex;
            } else if (expected == '?' || patternIndex < pattern.length() && expected == name.charAt(nameIndex)) {
                patternIndex++;
                nameIndex++;
            } else if (star >= 0) {
                patternIndex = star + 1;
                nameIndex = ++resume;
            } else {
                return false;
            }
        }
        while (patternIndex < pattern.length() && pattern.charAt(patternIndex) == '*') {
            patternIndex++;
        }
        return patternIndex == pattern.length();
    }
}
