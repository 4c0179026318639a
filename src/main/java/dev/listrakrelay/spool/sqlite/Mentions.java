package dev.listrakrelay.spool.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether something is about a contact that is to be forgotten: whether it is of its e-mail or of an id that stands
 * for it, or has its e-mail anywhere in it, in any case, as part of a URL or behind JSON's escapes too.
 */
final class Mentions {

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|(.))", Pattern.DOTALL);
    private static final int DEEPEST = 3;

    private final String like;
    private final Set<String> contacts;
    private final Pattern address;

    /** @param ids that stand for the e-mail */
    Mentions(String email, List<String> ids) {
        int at = email.lastIndexOf('@');
        String local = email.substring(0, at);
        String domain = email.substring(at + 1);
        List<String> all = new ArrayList<>(ids);
        all.add(email);
        contacts = Set.copyOf(all);
        like = "%" + likeText(local) + "%" + likeText(domain) + "%";
        // not within a longer address
        address = Pattern.compile(
                "(?:(?<![\\p{L}\\p{N}.+_-])|(?<=%\\p{XDigit}{2}))" + Pattern.quote(local) + "(?:@|%40)"
                        + Pattern.quote(domain) + "(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static String likeText(String text) {
        return text.replaceAll("[%_\\\\]", "\\\\$0");
    }

    /** A condition that all it may be about fulfil, and some others; {@link #bind} gives it its values. */
    String candidates(String... columns) {
        StringBuilder sql = new StringBuilder("(contact IN ("
                + String.join(",", Collections.nCopies(contacts.size(), "?")) + ") OR instr(raw, x'5c')");
        for (String column : columns) {
            sql.append(" OR CAST(").append(column).append(" AS TEXT) LIKE ? ESCAPE '\\'");
        }
        return sql.append(")").toString();
    }

    /** Sets the values from that parameter on. */
    void bind(PreparedStatement statement, int first, String... columns) throws SQLException {
        int next = first;
        for (String contact : contacts) {
            statement.setString(next++, contact);
        }
        for (int column = 0; column < columns.length; column++) {
            statement.setString(next++, like);
        }
    }

    /** Whether that contact is the one. */
    boolean isOf(String contact) {
        return contacts.contains(contact);
    }

    /** Whether the e-mail is in it. */
    boolean isIn(String text) {
        String plain = text;
        for (int depth = 0; depth <= DEEPEST; depth++) {
            if (address.matcher(plain).find()) {
                return true;
            }
            if (plain.indexOf('\\') < 0) {
                return false;
            }
            plain = ESCAPE.matcher(plain).replaceAll(Mentions::meant);
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
