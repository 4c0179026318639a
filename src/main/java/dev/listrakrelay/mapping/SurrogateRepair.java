package dev.listrakrelay.mapping;

/** Replaces halves of surrogate pairs by U+FFFD. JSON can escape such a half, but UTF-8 can't encode it. */
public final class SurrogateRepair {
    private static final char REPLACEMENT = '\uFFFD';

    private SurrogateRepair() {}

    /** Whether a text has no half of a surrogate pair. */
    public static boolean isValid(String text) {
        return text.codePoints().noneMatch(SurrogateRepair::isHalf);
    }

    /** Returns the text with each half replaced. */
    static String repair(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints().map(c -> isHalf(c) ? REPLACEMENT : c).forEach(repaired::appendCodePoint);
        return repaired.toString();
    }

    private static boolean isHalf(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }
}
