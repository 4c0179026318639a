package dev.listrakrelay.mapping;

/** Replaces halves of surrogate pairs by U+FFFD. JSON can escape such a half, but UTF-8 can't encode it. */
public final class SurrogateRepair {
    private static final char REPLACEMENT = '\uFFFD';

    private SurrogateRepair() {}

    /** Whether there is none to replace. */
    public static boolean is(String text) {
        return text.codePoints().noneMatch(SurrogateRepair::isHalf);
    }

    static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return mended(text);
            }
        }
        return text;
    }

    private static String mended(String text) {
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints().map(c -> isHalf(c) ? REPLACEMENT : c).forEach(mended::appendCodePoint);
        return mended.toString();
    }

    private static boolean isHalf(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }
}
