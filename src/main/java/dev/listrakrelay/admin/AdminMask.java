package dev.listrakrelay.admin;

import dev.listrakrelay.spool.Event;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks e-mail addresses in an answer's JSON. The first character and the domain of each address stay. */
final class AdminMask {

    private static final String HIDDEN = "•••";

    /** The sign itself, its form in URLs, and its form in JSON inside a string. */
    private static final Pattern AT = Pattern.compile("@|%(?:25)*40|\\\\+u0040");

    private static final String NOT_LOCAL = "\"\\<>()[]{},;:@=&?/|";
    private static final String QUOTE = "\\\"";
    private static final int LONGEST_QUOTED = 320;

    private AdminMask() {}

    /** Returns the JSON with masked addresses. The time it needs is proportional to the length of the JSON. */
    static String emails(String json) {
        String text = json.contains("\\u") ? unescaped(json) : json;
        StringBuilder masked = new StringBuilder(text.length());
        int done = 0;
        Matcher at = AT.matcher(text);
        while (at.find()) {
            int start = at.end() < text.length() && isDomain(text.charAt(at.end()))
                    ? startOfLocal(text, done, at.start())
                    : at.start();
            if (start < at.start()) {
                int kept = text.offsetByCodePoints(start, 1);
                masked.append(text, done, Math.min(kept, at.start())).append(HIDDEN);
                done = at.start();
            }
            masked.append(text, done, at.end());
            done = at.end();
        }
        return masked.append(text, done, text.length()).toString();
    }

    /** Returns an event with masked addresses. */
    static Event event(Event event) {
        String json = emails(new String(event.raw(), StandardCharsets.UTF_8));
        Event masked = event.withRaw(json.getBytes(StandardCharsets.UTF_8));
        return event.identity().isLearned()
                ? event.identity()
                        .email()
                        .map(AdminMask::emails)
                        .map(masked::withLearnedEmail)
                        .orElse(masked)
                : masked;
    }

    private static boolean isDomain(char first) {
        return Character.isLetterOrDigit(first) || first == '[' || first == '\\' || first >= 0x80;
    }

    private static int startOfLocal(String text, int from, int at) {
        int start = at;
        while (start > from && isLocal(text.charAt(start - 1))) {
            start--;
        }
        if (start == at && text.startsWith(QUOTE, at - QUOTE.length())) {
            int quote = text.lastIndexOf(QUOTE, at - QUOTE.length() - 1);
            return quote >= Math.max(from, at - LONGEST_QUOTED) ? quote + QUOTE.length() : at;
        }
        int escapes = 0;
        while (start - escapes > from && text.charAt(start - escapes - 1) == '\\') {
            escapes++;
        }
        if (escapes % 2 == 0) {
            return start;
        }
        // the rest of an escape is not part of the address
        return Math.min(at, start + (text.charAt(start) == 'u' ? 5 : 1));
    }

    private static boolean isLocal(char character) {
        return character > ' ' && NOT_LOCAL.indexOf(character) < 0;
    }

    /** Replaces escapes by their characters, except the escapes that JSON needs. */
    private static String unescaped(String json) {
        StringBuilder text = new StringBuilder(json.length());
        int done = 0;
        for (int escape = json.indexOf('\\'); escape >= 0; escape = json.indexOf('\\', done)) {
            text.append(json, done, escape);
            boolean isCode = json.charAt(escape + 1) == 'u';
            done = escape + (isCode ? 6 : 2);
            char character = isCode ? (char) Integer.parseInt(json.substring(escape + 2, done), 16) : 0;
            if (character >= ' ' && character != '"' && character != '\\' && !Character.isSurrogate(character)) {
                text.append(character);
            } else {
                text.append(json, escape, done);
            }
        }
        return text.append(json, done, json.length()).toString();
    }
}
