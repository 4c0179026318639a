package dev.listrakrelay.spool;

import java.util.Locale;

/**
 * Decides whether a text is an e-mail address, for every part of the relay. It rejects what can't be an address. Only
 * Listrak knows whether an address can be reached.
 */
public final class EmailAddress {

    /** Characters around an address, or between two addresses. */
    private static final String DELIMITERS = "<>;,";

    private static final String LINK = "mailto:";

    /** Invisible characters that some scripts need, also in a domain (RFC 5892, appendix A). */
    private static final String JOINERS = "\u200C\u200D";

    /** The replacement character, which a decoder writes for bytes that it can't read. */
    private static final int REPLACEMENT = 0xFFFD;

    private EmailAddress() {}

    /** Returns the address in lower case, without invisible characters around it; null if the text is no address. */
    public static String of(String text) {
        String address = InvisibleCharacters.trim(text);
        int at = address.startsWith("\"") ? endOfQuoted(address) : address.indexOf('@');
        boolean hasBothParts = at > 0 && address.lastIndexOf('@') < address.length() - 1 && address.charAt(at) == '@';
        boolean isLink = address.regionMatches(true, 0, LINK, 0, LINK.length());
        return hasBothParts && !isLink && isPlain(address, address.startsWith("\"") ? at : 0)
                ? address.toLowerCase(Locale.ROOT)
                : null;
    }

    /**
     * Finds the end of a local part in quotes, which may contain blanks and delimiters (RFC 5322, 3.2.4); -1 if it has
     * none.
     */
    private static int endOfQuoted(String address) {
        int at = 1;
        while (at < address.length()) {
            int character = address.codePointAt(at);
            at += Character.charCount(character);
            if (character == '"') {
                return at < address.length() ? at : -1;
            }
            if (character == '\\') {
                at++;
            } else if (character != ' ' && DELIMITERS.indexOf(character) < 0 && !isPlain(character)) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isPlain(String address, int from) {
        for (int i = from; i < address.length(); i += Character.charCount(address.codePointAt(i))) {
            if (!isPlain(address.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int character) {
        if (character < 0x80) {
            return character > ' ' && character != 0x7F && DELIMITERS.indexOf(character) < 0;
        }
        int type = Character.getType(character);
        return type != Character.CONTROL
                && type != Character.SURROGATE
                && character != REPLACEMENT
                && (!InvisibleCharacters.is(character) || JOINERS.indexOf(character) >= 0);
    }
}
