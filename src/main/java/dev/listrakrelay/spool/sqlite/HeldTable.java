package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes which events are held until an e-mail is known for them, inside the transaction of a group commit. A held event
 * is open in a lane of its own, from which nothing is taken. So it is pending, and not deleted.
 */
final class HeldTable {

    /** The lane of held events. */
    static final int LANE = -2;

    private static final String COLUMNS = "SELECT seq, user_id, anonymous_id, since FROM held ";

    private final SpoolConnection sql;
    private long uncommitted;

    /** A held event, and since when it is held, in epoch milliseconds. */
    record Held(long seq, Identity identity, long since) {}

    HeldTable(SpoolConnection writer) {
        sql = writer;
    }

    /** @param until the end of its wait, in epoch milliseconds */
    void add(long seq, Event event, long now, long until) throws SQLException {
        sql.update(
                "INSERT INTO held VALUES (?, ?, ?, ?)",
                seq,
                event.identity().userId().orElse(null),
                event.identity().anonymousId().orElse(null),
                now);
        sql.update(
                "INSERT INTO open (seq, lane, contact, due, attempts) VALUES (?, " + LANE + ", ?, ?, 0)",
                seq,
                event.contact(),
                until);
        uncommitted++;
    }

    /** Notes that all events of the lane up to this one are held or released. */
    void moveHead(long last) throws SQLException {
        sql.update(
                "INSERT INTO lane (lane, head, paused_until, pauses) VALUES (" + LANE
                        + ", ?1, 0, 0) ON CONFLICT (lane) DO UPDATE SET head = ?1",
                last);
    }

    /** The held events with the userId or anonymousId of an identity, in order. */
    List<Held> of(Identity identity) throws SQLException {
        return sql.list(
                COLUMNS + "WHERE user_id = ? UNION " + COLUMNS + "WHERE anonymous_id = ? ORDER BY seq",
                HeldTable::held,
                identity.userId().orElse(null),
                identity.anonymousId().orElse(null));
    }

    /** The held events that were accepted first, in order. */
    List<Held> oldest(int max) throws SQLException {
        return sql.list(COLUMNS + "ORDER BY seq LIMIT ?", HeldTable::held, max);
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(row.getLong(1), Identity.told(row.getString(2), row.getString(3), null), row.getLong(4));
    }

    /** Begins to read some held events. It reads no other events of their blocks. */
    EventLookup lookup(List<Held> held) {
        Set<Long> seqs = held.stream().map(Held::seq).collect(Collectors.toSet());
        return new EventLookup(sql, seqs::contains);
    }

    /** Removes an event that is no longer held. */
    void remove(long seq) throws SQLException {
        sql.update("DELETE FROM held WHERE seq = ?", seq);
        sql.update("DELETE FROM open WHERE seq = ?", seq);
        uncommitted--;
    }

    long count() throws SQLException {
        return sql.number("SELECT count(*) FROM held");
    }

    /** How many more events are held than at the last commit. */
    long uncommitted() {
        return uncommitted;
    }

    /** Call it after a commit and after a rollback. */
    void transactionEnded() {
        uncommitted = 0;
    }
}
