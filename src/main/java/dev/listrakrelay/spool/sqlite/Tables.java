package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/** What the one thread that writes works with, and what it does besides writing. */
final class Tables implements GroupCommit.Owner {

    private final Retention retention;
    private final Tally tally;
    private final Tidy tidy;
    private final Damage damage;
    private EventTable events;
    private HistoryTable history;
    private DeadTable dead;
    private SeenIds seen;

    Tables(Connection writer, Retention retention, Clock clock, Room room, Damage damage) throws SQLException {
        this.damage = damage;
        this.retention = retention;
        this.tally = new Tally(writer);
        prepare(writer);
        this.tidy = new Tidy(clock, retention, this, room);
    }

    private void prepare(Connection writer) throws SQLException {
        dead = new DeadTable(writer);
        history = new HistoryTable(writer, retention.keepsHistory());
        events = new EventTable(writer, dead);
        seen = new SeenIds(writer);
    }

    EventTable events() {
        return events;
    }

    HistoryTable history() {
        return history;
    }

    DeadTable dead() {
        return dead;
    }

    SeenIds seen() {
        return seen;
    }

    Tally tally() {
        return tally;
    }

    @Override
    public boolean tidy(Connection connection) throws SQLException {
        return tidy.some(connection);
    }

    @Override
    public void committed() {
        seen.committed();
    }

    @Override
    public void undone(Throwable cause) {
        seen.undone();
        damage.note(cause);
    }

    @Override
    public void checkpoint(Connection connection) throws SQLException {
        SqliteDatabase.checkpoint(connection);
    }

    @Override
    public void prepareAnew(Connection connection) throws SQLException {
        prepare(connection);
        tally.prepare(connection);
    }
}
