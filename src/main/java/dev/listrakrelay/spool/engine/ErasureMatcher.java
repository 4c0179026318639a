package dev.listrakrelay.spool.engine;

import dev.listrakrelay.spool.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides whether an event or a text is about a contact that is to be forgotten. An event is about the contact if its
 * contact is the e-mail or one of the contact's ids, or if its messageId, name or payload contains the e-mail. A text
 * contains the e-mail in upper or lower case, also in a URL or with JSON escapes.
 */
public final class ErasureMatcher {

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|(.))", Pattern.DOTALL);
    private static final int DEEPEST = 3;

    private final Set<String> contacts;
    private final Pattern address;

    /** @param ids userIds and anonymousIds of the e-mail */
    public ErasureMatcher(String email, List<String> ids) {
        int at = email.lastIndexOf('@');
        String local = email.substring(0, at);
        String domain = email.substring(at + 1);
        List<String> all = new ArrayList<>(ids);
        all.add(email);
        contacts = Set.copyOf(all);
        // not as part of a longer address
        address = Pattern.compile(
                "(?:(?<![\\p{L}\\p{N}.+_-])|(?<=%\\p{XDigit}{2}))" + Pattern.quote(local) + "(?:@|%40)"
                        + Pattern.quote(domain) + "(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** The e-mail and its ids. */
    public Set<String> contacts() {
        return contacts;
    }

    /** Whether an event is about the contact. */
    public boolean isAbout(Event event) {
        return isAbout(event.contact(), event.messageId(), event.name(), event.raw());
    }

    /** Whether an event with these columns is about the contact. */
    public boolean isAbout(String contact, String messageId, String name, byte[] raw) {
        return contacts.contains(contact)
                || isIn(messageId)
                || isIn(name)
                || isIn(new String(raw, StandardCharsets.UTF_8));
    }

    /** Whether a text contains the e-mail. */
    public boolean isIn(String text) {
        String plain = text;
        for (int depth = 0; depth <= DEEPEST; depth++) {
            if (address.matcher(plain).find()) {
                return true;
            }
            if (plain.indexOf('\\') < 0) {
                return false;
            }
            plain = ESCAPE.matcher(plain).replaceAll(ErasureMatcher::meant);
        }
        return false;
    }

    private static String meant(MatchResult escape) {
        String meant = escape.group(1) != null
                ? String.valueOf((char) Integer.parseInt(escape.group(1), 16))
                : "bfnrt".contains(escape.group(2)) ? " " : escape.group(2);
        return Matcher.quoteReplacement(meant);
    }
}
