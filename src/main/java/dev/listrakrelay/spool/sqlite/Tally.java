package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Spool.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Counts events by outcome, in the transactions that write the outcomes, so that the counts always add up. */
final class Tally {

    private PreparedStatement add;
    private final Map<Outcome, Long> committed = new ConcurrentHashMap<>();
    private volatile Consumer<Outcome> listener = outcome -> {};

    Tally(Connection writer) throws SQLException {
        prepare(writer);
        try (Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery("SELECT outcome, reason, events FROM tally")) {
            while (row.next()) {
                committed.put(new Outcome(row.getString(1), row.getString(2)), row.getLong(3));
            }
        }
    }

    void prepare(Connection writer) throws SQLException {
        add = writer.prepareStatement("INSERT INTO tally VALUES (?1, ?2, ?3)"
                + " ON CONFLICT (outcome, reason) DO UPDATE SET events = events + ?3");
    }

    void write(Map<Outcome, Long> counts) throws SQLException {
        for (Map.Entry<Outcome, Long> count : counts.entrySet()) {
            add.setString(1, count.getKey().name());
            add.setString(2, count.getKey().reason());
            add.setLong(3, count.getValue());
            add.executeUpdate();
        }
    }

    /** Publishes counts that are on disk. */
    void committed(Map<Outcome, Long> counts) {
        counts.forEach((outcome, events) -> {
            if (committed.merge(outcome, events, Long::sum).equals(events)) {
                listener.accept(outcome);
            }
        });
    }

    void onNew(Consumer<Outcome> newListener) {
        listener = newListener;
        committed.keySet().forEach(newListener);
    }

    Map<Outcome, Long> committed() {
        return Map.copyOf(committed);
    }
}
