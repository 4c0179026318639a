package dev.listrakrelay.spool.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of a spool's file, and what each version of it has more than the one before. */
final class Schema {

    private static final String[] FIRST = {
        // seq is given by the one writer and never again, not even after a delete: lanes know by it how far they are
        """
        CREATE TABLE IF NOT EXISTS event (
          seq INTEGER PRIMARY KEY, lane INTEGER NOT NULL, message_id TEXT NOT NULL, source TEXT NOT NULL,
          type TEXT NOT NULL, name TEXT NOT NULL, contact TEXT NOT NULL, received_at INTEGER NOT NULL, raw BLOB NOT NULL)""",
        "CREATE INDEX IF NOT EXISTS event_lane ON event (lane, seq)",
        // all events of a lane up to head are settled, but those in open
        """
        CREATE TABLE IF NOT EXISTS lane (
          lane INTEGER PRIMARY KEY, head INTEGER NOT NULL, paused_until INTEGER NOT NULL, pauses INTEGER NOT NULL)""",
        """
        CREATE TABLE IF NOT EXISTS open (
          seq INTEGER PRIMARY KEY, lane INTEGER NOT NULL, contact TEXT NOT NULL, due INTEGER NOT NULL,
          attempts INTEGER NOT NULL)""",
        """
        CREATE TABLE IF NOT EXISTS dead (
          seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL, source TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL,
          contact TEXT NOT NULL, received_at INTEGER NOT NULL, raw BLOB NOT NULL, reason TEXT NOT NULL,
          answer TEXT NOT NULL, died_at INTEGER NOT NULL)""",
        // 128 bits of each id seen: id the first half, rest the second; those of events after seen_up_to are not in yet
        "CREATE TABLE IF NOT EXISTS seen (id INTEGER PRIMARY KEY, rest INTEGER NOT NULL, at INTEGER NOT NULL)",
        "CREATE TABLE IF NOT EXISTS seen_up_to (id INTEGER PRIMARY KEY CHECK (id = 0), seq INTEGER NOT NULL)",
        """
        CREATE TABLE IF NOT EXISTS tally (
          outcome TEXT NOT NULL, reason TEXT NOT NULL, events INTEGER NOT NULL, PRIMARY KEY (outcome, reason))
          WITHOUT ROWID""",
    };

    /** What each version of the file has more than the one before; the first is what {@link #FIRST} makes. */
    private static final String[][] LATER = {
        {
            "ALTER TABLE event ADD COLUMN replayed_at INTEGER",
            "ALTER TABLE dead ADD COLUMN request TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE dead ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0",
            "CREATE INDEX dead_died_at ON dead (died_at)",
            // a step of those events of a block whose offsets, two bytes each, are in seqs
            """
            CREATE TABLE history (
              id INTEGER PRIMARY KEY, block INTEGER NOT NULL, at INTEGER NOT NULL, outcome TEXT NOT NULL,
              reason TEXT NOT NULL, seqs BLOB NOT NULL)""",
            "CREATE INDEX history_block ON history (block, at)",
        },
        {
            // dead letters that wait to be replayed
            "CREATE TABLE replay (seq INTEGER PRIMARY KEY)",
        },
        {
            // where the contact is from, if not from the event itself: 'learned' from an earlier one, or 'forgotten'
            "ALTER TABLE event ADD COLUMN contact_from TEXT",
            "ALTER TABLE dead ADD COLUMN contact_from TEXT",
            // key: userId:… or anonymousId:…; user_id: the userId that an anonymousId was told with
            """
            CREATE TABLE identity (
              key TEXT PRIMARY KEY, email TEXT NOT NULL, user_id TEXT, seen_at INTEGER NOT NULL) WITHOUT ROWID""",
        },
        {
            "ALTER TABLE event RENAME TO event_row",
            // events of a lane, from seq first to last; no block that was not written with it has a seq between
            // theirs up to upto. In events an array for each: seq, message_id, source, type, name, contact,
            // contact_from, received_at, replayed_at, and where its bytes are in payload
            """
            CREATE TABLE block (
              last INTEGER PRIMARY KEY, first INTEGER NOT NULL, upto INTEGER NOT NULL, lane INTEGER NOT NULL,
              size INTEGER NOT NULL, events TEXT NOT NULL, payload BLOB NOT NULL)""",
            "CREATE INDEX block_lane ON block (lane, last)",
            "CREATE INDEX block_upto ON block (upto)",
            """
            CREATE VIEW event AS
            SELECT value ->> 0 AS seq, lane, value ->> 1 AS message_id, value ->> 2 AS source, value ->> 3 AS type,
              value ->> 4 AS name, value ->> 5 AS contact, value ->> 6 AS contact_from, value ->> 7 AS received_at,
              value ->> 8 AS replayed_at, substr(payload, 1 + (value ->> 9), value ->> 10) AS raw, first, last, upto
            FROM block, json_each(block.events)""",
        },
        {
            "ALTER TABLE seen RENAME TO seen_one",
            // ids that came, in runs; ids has for each, in order, its first half, its rest, and when it came, eight
            // bytes each
            """
            CREATE TABLE seen (
              run INTEGER NOT NULL, first INTEGER NOT NULL, ids BLOB NOT NULL, PRIMARY KEY (run, first)) WITHOUT ROWID""",
            // how often a run was merged, and when the latest of its ids came
            "CREATE TABLE seen_run (run INTEGER PRIMARY KEY, level INTEGER NOT NULL, latest INTEGER NOT NULL)",
            "INSERT INTO seen SELECT 0, id, unhex(printf('%016x%016x%016x', id, rest, at)) FROM seen_one",
            "INSERT INTO seen_run SELECT 0, 0, max(at) FROM seen_one HAVING count(*) > 0",
            "DROP TABLE seen_one",
        },
    };

    /** The version that brought blocks, into which the events of older files are moved. */
    private static final int BLOCKS = 4;

    private Schema() {}

    /** Brings an older file to today's version, whole or not at all. */
    static void bringToToday(Statement statement) throws SQLException {
        int version;
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            version = row.getInt(1);
        }
        if (version > LATER.length) {
            throw new SQLException("it was written by a later release: expected version " + LATER.length
                    + " of the file at most, found " + version);
        }
        if (version == LATER.length) {
            return;
        }
        if (version == 0) {
            for (String table : FIRST) {
                statement.execute(table);
            }
        }
        for (int next = version + 1; next <= LATER.length; next++) {
            for (String step : LATER[next - 1]) {
                statement.execute(step);
            }
            if (next == BLOCKS) {
                moveRows(statement);
            }
        }
        statement.execute("PRAGMA user_version=" + LATER.length);
    }

    /** Events had a row each. */
    private static void moveRows(Statement statement) throws SQLException {
        try (BlockWriter blocks = new BlockWriter(statement.getConnection());
                ResultSet row = statement.executeQuery("SELECT " + EventRow.COLUMNS.formatted("raw")
                        + ", replayed_at, lane FROM event_row ORDER BY seq")) {
            long last = 0;
            while (row.next()) {
                last = row.getLong(1);
                if (blocks.add(last, EventRow.stored(row))) {
                    blocks.write(last);
                }
            }
            blocks.write(last);
        }
        statement.execute("DROP TABLE event_row");
    }
}
