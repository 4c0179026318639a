package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Identity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes which events are held until an e-mail is known for them, inside the transaction of a group commit. A held event
 * is open in a lane of its own, from which nothing is taken. So it is pending, and not deleted.
 */
final class HeldTable {

    /** The lane of held events. */
    static final int LANE = -2;

    /**
     * Creates the table in an existing file, too. An older release ignores it, and spreads the open events over its
     * lanes.
     */
    static final List<String> TABLES = List.of(
            """
            CREATE TABLE IF NOT EXISTS held (
              seq INTEGER PRIMARY KEY, user_id TEXT, anonymous_id TEXT, since INTEGER NOT NULL)""",
            "CREATE INDEX IF NOT EXISTS held_user_id ON held (user_id) WHERE user_id IS NOT NULL",
            "CREATE INDEX IF NOT EXISTS held_anonymous_id ON held (anonymous_id) WHERE anonymous_id IS NOT NULL",
            // those that an older release took
            "DELETE FROM held WHERE seq NOT IN (SELECT seq FROM open WHERE lane = " + LANE + ")");

    private static final String COLUMNS = "SELECT seq, user_id, anonymous_id, since FROM held ";

    private final PreparedStatement add;
    private final PreparedStatement open;
    private final PreparedStatement moveHead;
    private final PreparedStatement ofIds;
    private final PreparedStatement oldest;
    private final PreparedStatement remove;
    private final PreparedStatement close;
    private final PreparedStatement count;
    private final PreparedStatement event;
    private long uncommitted;

    /** A held event, and since when it is held, in epoch milliseconds. */
    record Held(long seq, Identity identity, long since) {}

    HeldTable(Connection writer) throws SQLException {
        add = writer.prepareStatement("INSERT INTO held VALUES (?, ?, ?, ?)");
        open = writer.prepareStatement(
                "INSERT INTO open (seq, lane, contact, due, attempts) VALUES (?, " + LANE + ", ?, ?, 0)");
        moveHead = writer.prepareStatement("INSERT INTO lane (lane, head, paused_until, pauses) VALUES (" + LANE
                + ", ?1, 0, 0) ON CONFLICT (lane) DO UPDATE SET head = ?1");
        ofIds = writer.prepareStatement(
                COLUMNS + "WHERE user_id = ? UNION " + COLUMNS + "WHERE anonymous_id = ? ORDER BY seq");
        oldest = writer.prepareStatement(COLUMNS + "ORDER BY seq LIMIT ?");
        remove = writer.prepareStatement("DELETE FROM held WHERE seq = ?");
        close = writer.prepareStatement("DELETE FROM open WHERE seq = ?");
        count = writer.prepareStatement("SELECT count(*) FROM held");
        event = writer.prepareStatement("SELECT " + EventBlock.COLUMNS + " FROM block WHERE " + EventBlock.OF_SEQ);
    }

    /** @param until the end of its wait, in epoch milliseconds */
    void add(long seq, Event event, long now, long until) throws SQLException {
        add.setLong(1, seq);
        add.setString(2, event.identity().userId().orElse(null));
        add.setString(3, event.identity().anonymousId().orElse(null));
        add.setLong(4, now);
        add.executeUpdate();
        open.setLong(1, seq);
        open.setString(2, event.contact());
        open.setLong(3, until);
        open.executeUpdate();
        uncommitted++;
    }

    /** Notes that all events of the lane up to this one are held or released. */
    void moveHead(long last) throws SQLException {
        moveHead.setLong(1, last);
        moveHead.executeUpdate();
    }

    /** The held events with the userId or anonymousId of an identity, in order. */
    List<Held> of(Identity identity) throws SQLException {
        ofIds.setString(1, identity.userId().orElse(null));
        ofIds.setString(2, identity.anonymousId().orElse(null));
        return read(ofIds);
    }

    /** The held events that were accepted first, in order. */
    List<Held> oldest(int max) throws SQLException {
        oldest.setInt(1, max);
        return read(oldest);
    }

    /** Reads the events of held ones, by seq. It reads a block once, and no other events of it. */
    Map<Long, EventBlock.Stored> events(List<Held> held) throws SQLException {
        Set<Long> seqs = held.stream().map(Held::seq).collect(Collectors.toSet());
        Map<Long, EventBlock.Stored> events = new HashMap<>();
        for (long seq : seqs) {
            if (!events.containsKey(seq)) {
                event.setLong(1, seq);
                try (ResultSet row = event.executeQuery()) {
                    while (row.next()) {
                        EventBlock.read(row, seqs::contains).forEach(stored -> events.put(stored.seq(), stored));
                    }
                }
            }
        }
        return events;
    }

    private static List<Held> read(PreparedStatement select) throws SQLException {
        List<Held> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(new Held(
                        row.getLong(1), Identity.told(row.getString(2), row.getString(3), null), row.getLong(4)));
            }
        }
        return found;
    }

    /** Removes an event that is no longer held. */
    void remove(long seq) throws SQLException {
        remove.setLong(1, seq);
        remove.executeUpdate();
        close.setLong(1, seq);
        close.executeUpdate();
        uncommitted--;
    }

    long count() throws SQLException {
        try (ResultSet row = count.executeQuery()) {
            return row.getLong(1);
        }
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
