package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Spool.Outcome;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Counts events by outcome, in the transactions that write the outcomes, so that the counts always add up. */
final class Tally {

    private final SpoolConnection sql;
    private final Map<Outcome, Long> committed = new ConcurrentHashMap<>();
    private volatile Consumer<Outcome> listener = outcome -> {};

    Tally(SpoolConnection writer) throws SQLException {
        sql = writer;
        sql.forEach(
                "SELECT outcome, reason, events FROM tally",
                row -> committed.put(new Outcome(row.getString(1), row.getString(2)), row.getLong(3)));
    }

    void write(Map<Outcome, Long> counts) throws SQLException {
        for (Map.Entry<Outcome, Long> count : counts.entrySet()) {
            sql.update(
                    "INSERT INTO tally VALUES (?1, ?2, ?3)"
                            + " ON CONFLICT (outcome, reason) DO UPDATE SET events = events + ?3",
                    count.getKey().name(),
                    count.getKey().reason(),
                    count.getValue());
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
