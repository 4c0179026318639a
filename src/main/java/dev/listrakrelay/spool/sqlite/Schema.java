package dev.listrakrelay.spool.sqlite;

import java.sql.SQLException;

/** Creates the tables of a spool's file, and rejects a file with another version of the tables. */
final class Schema {

    /** The number in {@code PRAGMA user_version}. Raise it with every change of the tables. */
    static final int VERSION = 1;

    private static final String[] TABLES = {
        // Events of a lane, from seq first to last. Blocks that are written together have the same upto: no other block
        // holds a seq between theirs. events has an array for each event: seq, message_id, source, type, name, contact,
        // contact_from ('learned' from an earlier event, 'forgotten', or null), received_at, replayed_at, the offset
        // and length of its bytes in payload, and, if it is traced, its traceparent. The writer never gives a seq
        // twice, not even after a delete.
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
          value ->> 8 AS replayed_at, substr(payload, 1 + (value ->> 9), value ->> 10) AS raw,
          value ->> 11 AS traceparent, first, last, upto
        FROM block, json_each(block.events)""",
        // All events of a lane up to head are settled, except those in open. In lane -1 are events that were settled
        // when the number of lanes changed; in lane -2, held events (table held) and released ones.
        """
        CREATE TABLE lane (
          lane INTEGER PRIMARY KEY, head INTEGER NOT NULL, paused_until INTEGER NOT NULL, pauses INTEGER NOT NULL)""",
        """
        CREATE TABLE open (
          seq INTEGER PRIMARY KEY, lane INTEGER NOT NULL, contact TEXT NOT NULL, due INTEGER NOT NULL,
          attempts INTEGER NOT NULL)""",
        """
        CREATE TABLE dead (
          seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL, source TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL,
          contact TEXT NOT NULL, contact_from TEXT, received_at INTEGER NOT NULL, raw BLOB NOT NULL, reason TEXT NOT NULL,
          answer TEXT NOT NULL, request TEXT NOT NULL, attempts INTEGER NOT NULL, died_at INTEGER NOT NULL)""",
        "CREATE INDEX dead_died_at ON dead (died_at)",
        // dead letters that wait for their replay
        "CREATE TABLE replay (seq INTEGER PRIMARY KEY)",
        // a step of several events of a block of 4,096 seqs; seqs holds their offsets in it, two bytes each
        """
        CREATE TABLE history (
          id INTEGER PRIMARY KEY, block INTEGER NOT NULL, at INTEGER NOT NULL, outcome TEXT NOT NULL,
          reason TEXT NOT NULL, seqs BLOB NOT NULL)""",
        "CREATE INDEX history_block ON history (block, at)",
        // Sorted runs of ids. ids holds 24 bytes an id: its first half, its second half, and when it was accepted.
        """
        CREATE TABLE seen (
          run INTEGER NOT NULL, first INTEGER NOT NULL, ids BLOB NOT NULL, PRIMARY KEY (run, first)) WITHOUT ROWID""",
        // how often a run was merged, and when its latest id was accepted
        "CREATE TABLE seen_run (run INTEGER PRIMARY KEY, level INTEGER NOT NULL, latest INTEGER NOT NULL)",
        // the ids of all events up to this seq are in runs
        "CREATE TABLE seen_up_to (id INTEGER PRIMARY KEY CHECK (id = 0), seq INTEGER NOT NULL)",
        // key: userId:… or anonymousId:…; user_id: the userId that came with an anonymousId
        """
        CREATE TABLE identity (
          key TEXT PRIMARY KEY, email TEXT NOT NULL, user_id TEXT, seen_at INTEGER NOT NULL) WITHOUT ROWID""",
        """
        CREATE TABLE tally (
          outcome TEXT NOT NULL, reason TEXT NOT NULL, events INTEGER NOT NULL, PRIMARY KEY (outcome, reason))
          WITHOUT ROWID""",
        "PRAGMA user_version=" + VERSION,
    };

    /** Tables that an earlier release did not have. A start adds them to its file. Such a release ignores them. */
    private static final String[] LATER_TABLES = {
        // dropped events that wait for their replay; with an older release they stay dropped
        "CREATE TABLE IF NOT EXISTS dropped_replay (seq INTEGER PRIMARY KEY, reason TEXT NOT NULL)",
        """
        CREATE TABLE IF NOT EXISTS ambiguous (
          seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL, source TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL,
          contact TEXT NOT NULL, contact_from TEXT, received_at INTEGER NOT NULL, destination TEXT NOT NULL,
          cause TEXT NOT NULL, sendings INTEGER NOT NULL, sent_at INTEGER NOT NULL, sent_again_at INTEGER,
          outcome TEXT NOT NULL, settled_at INTEGER)""",
        "CREATE INDEX IF NOT EXISTS ambiguous_sent_at ON ambiguous (sent_at)",
        // contact_hash finds the records of a contact that is to be forgotten. No id is given twice, so a row that is
        // deleted as sent is always the row that was sent.
        """
        CREATE TABLE IF NOT EXISTS delivery_log (
          id INTEGER PRIMARY KEY AUTOINCREMENT, settled_at INTEGER NOT NULL, contact_hash TEXT NOT NULL,
          record TEXT NOT NULL)""",
        """
        CREATE TABLE IF NOT EXISTS held (
          seq INTEGER PRIMARY KEY, user_id TEXT, anonymous_id TEXT, since INTEGER NOT NULL)""",
        "CREATE INDEX IF NOT EXISTS held_user_id ON held (user_id) WHERE user_id IS NOT NULL",
        "CREATE INDEX IF NOT EXISTS held_anonymous_id ON held (anonymous_id) WHERE anonymous_id IS NOT NULL",
        // an older release spreads the open events of the lane of held ones over its lanes
        "DELETE FROM held WHERE seq NOT IN (SELECT seq FROM open WHERE lane = " + HeldTable.LANE + ")"
    };

    private Schema() {}

    /** Creates the tables in an empty file; fails if the file has tables of another version. */
    static void create(SpoolConnection connection) throws SQLException {
        if (connection.number("SELECT count(*) FROM sqlite_schema") == 0) {
            for (String table : TABLES) {
                connection.execute(table);
            }
        }
        int version = connection.pragma("PRAGMA user_version", row -> row.getInt(1));
        if (version != VERSION) {
            throw new SQLException("expected file version " + VERSION + ", found " + version
                    + "; let the release that wrote the file deliver or drain its events, then move the file away");
        }
        for (String table : LATER_TABLES) {
            connection.execute(table);
        }
    }
}
