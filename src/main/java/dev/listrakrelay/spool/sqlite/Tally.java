package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Counts what became of events, in the same transaction, so that the sum always comes out. */
final class Tally {

    private PreparedStatement add;
    private final Map<Outcome, Long> committed = new ConcurrentHashMap<>();
    private volatile Consumer<Outcome> news = outcome -> {};

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

    static Map<Outcome, Long> of(Collection<Settlement> settlements) {
        Map<Outcome, Long> counts = new HashMap<>();
        settlements.forEach(settlement -> counts.merge(outcome(settlement), 1L, Long::sum));
        return counts;
    }

    static Map<Outcome, Long> accepted(long events) {
        return of("accepted", events);
    }

    static Map<Outcome, Long> retried(long events) {
        return of("retried", events);
    }

    private static Map<Outcome, Long> of(String outcome, long events) {
        return events == 0 ? Map.of() : Map.of(new Outcome(outcome, ""), events);
    }

    private static Outcome outcome(Settlement settlement) {
        if (settlement instanceof Settlement.Dropped dropped) {
            return new Outcome("dropped", dropped.reason());
        }
        if (settlement instanceof Settlement.Dead dead) {
            return new Outcome("dead", dead.reason());
        }
        if (settlement instanceof Settlement.HandedOn handedOn) {
            return new Outcome("handed_on", handedOn.to());
        }
        return new Outcome(settlement instanceof Settlement.Retry ? "retried" : "delivered", "");
    }

    void write(Map<Outcome, Long> counts) throws SQLException {
        for (Map.Entry<Outcome, Long> count : counts.entrySet()) {
            add.setString(1, count.getKey().name());
            add.setString(2, count.getKey().reason());
            add.setLong(3, count.getValue());
            add.executeUpdate();
        }
    }

    /** Makes counts visible that are on disk. */
    void committed(Map<Outcome, Long> counts) {
        counts.forEach((outcome, events) -> {
            if (committed.merge(outcome, events, Long::sum).equals(events)) {
                news.accept(outcome);
            }
        });
    }

    void onNew(Consumer<Outcome> listener) {
        news = listener;
        committed.keySet().forEach(listener);
    }

    Map<Outcome, Long> committed() {
        return Map.copyOf(committed);
    }
}
