package dev.listrakrelay.spool.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Goes back through the events there are; a search may end it anywhere. */
final class NewestFirst implements AutoCloseable {

    private static final String BLOCKS =
            """
            SELECT events, %s, lane, upto FROM block
            WHERE upto <= coalesce((SELECT min(upto) FROM block WHERE upto >= ?1), ?1) ORDER BY upto DESC""";

    private final PreparedStatement select;
    private final ResultSet row;
    private boolean isThereMore;

    /** @param before not all blocks of seqs from there on are left out */
    NewestFirst(Connection reader, long before, boolean withPayload) throws SQLException {
        select = reader.prepareStatement(BLOCKS.formatted(withPayload ? "payload" : "NULL"));
        select.setLong(1, before);
        row = select.executeQuery();
        isThereMore = row.next();
    }

    /** Some that were written together; none at the end. */
    List<EventBlock.Stored> next() throws SQLException {
        List<EventBlock.Stored> events = new ArrayList<>();
        long upto = isThereMore ? row.getLong(4) : 0;
        while (isThereMore && row.getLong(4) == upto) {
            events.addAll(EventBlock.read(row, any -> true));
            isThereMore = row.next();
        }
        events.sort(Comparator.comparingLong(EventBlock.Stored::seq).reversed());
        return events;
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }
}
