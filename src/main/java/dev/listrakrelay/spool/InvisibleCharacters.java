package dev.listrakrelay.spool;

/** Finds invisible characters: blanks of any width, line breaks, byte order and direction marks. */
final class InvisibleCharacters {

    /** Letters and marks that are invisible, although Unicode doesn't call them blanks. */
    private static final String FILLERS = "\u0085\u034F\u115F\u1160\u2800\u3164\uFFA0";

    private InvisibleCharacters() {}

    /** Returns the text without invisible characters at its start and end. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && is(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (end > start && is(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    /**
     * Whether a character is invisible. Control characters other than tabs and line breaks don't count, they are
     * mistakes.
     */
    static boolean is(int character) {
        if (character < 0x80) {
            return character == ' ' || character >= '\t' && character <= '\r';
        }
        return switch (Character.getType(character)) {
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.FORMAT ->
                true;
            default -> FILLERS.indexOf(character) >= 0 || character >= 0xFE00 && character <= 0xFE0F;
        };
    }
}
