package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Search;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads stored events from the newest to the oldest, as far as a search wants. It skips blocks whose bytes don't
 * contain a text that the search asks for.
 */
final class EventScan {

    private static final String BLOCKS =
            """
            SELECT events, %s, lane, upto FROM block
            WHERE upto <= coalesce((SELECT min(upto) FROM block WHERE upto >= ?1), ?1) ORDER BY upto DESC""";

    private final ResultSet row;
    private final Predicate<byte[]> isOfInterest;
    private final String wanted;
    private boolean hasRow;

    private EventScan(ResultSet row, Search search, Predicate<byte[]> isOfInterest) throws SQLException {
        this.row = row;
        this.wanted = wanted(search);
        this.isOfInterest = isOfInterest;
        hasRow = row.next();
    }

    /** Uses a scan while its rows can be read. */
    interface User {
        void use(EventScan scan) throws SQLException;
    }

    /**
     * @param search gives the seq to start before; the first blocks may hold higher seqs too
     * @param isOfInterest decides by the payloads of a block whether to return its events; null returns all events
     *     without payloads
     */
    static void of(SpoolConnection reader, Search search, Predicate<byte[]> isOfInterest, User user)
            throws SQLException {
        reader.query(
                BLOCKS.formatted(isOfInterest == null ? "NULL" : "payload"),
                row -> {
                    user.use(new EventScan(row, search, isOfInterest));
                    return null;
                },
                search.before());
    }

    /** The next events that were written together; empty at the end. */
    List<EventBlock.Stored> next() throws SQLException {
        List<EventBlock.Stored> events = new ArrayList<>();
        while (hasRow && events.isEmpty()) {
            long upto = row.getLong(4);
            while (hasRow && row.getLong(4) == upto) {
                if (mayMatch() && (isOfInterest == null || isOfInterest.test(row.getBytes(2)))) {
                    events.addAll(EventBlock.read(row, any -> true));
                }
                hasRow = row.next();
            }
        }
        events.sort(Comparator.comparingLong(EventBlock.Stored::seq).reversed());
        return events;
    }

    private boolean mayMatch() throws SQLException {
        return wanted.isEmpty() || new String(row.getBytes(1), StandardCharsets.ISO_8859_1).contains(wanted);
    }

    /** The longest text that the search asks for and that JSON writes without escapes; empty if there is none. */
    private static String wanted(Search search) {
        return Stream.of(Search.Field.MESSAGE_ID, Search.Field.CONTACT, Search.Field.NAME)
                .map(field -> search.where().getOrDefault(field, ""))
                .filter(text -> text.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '"' && c != '\\'))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }
}
