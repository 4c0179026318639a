package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Batches;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite spool in an empty folder, a test clock, and short methods for both. */
abstract class SqliteFixture {

    static final Duration BOUND = Duration.ofSeconds(60);

    /** After this time, even a few ids are flushed to a run, and their events can be deleted. */
    static final Duration ROUND = Duration.ofMinutes(1);

    @TempDir
    Path dir;

    final TestClock clock = new TestClock();
    SpoolLimits retention = new SpoolLimits(Duration.ofDays(30), Duration.ZERO, 0);
    Spool spool;

    void open(int lanes) {
        close();
        spool = new SqliteSpool(dir, "events", lanes, clock, retention);
    }

    @AfterEach
    void close() {
        if (spool != null) {
            spool.close();
        }
    }

    void append(String... ids) {
        List<Event> events = Arrays.stream(ids)
                .map(id -> new Event(
                        0,
                        id,
                        "rest",
                        "page",
                        "",
                        "contact-" + id,
                        clock.instant(),
                        "{}".getBytes(StandardCharsets.UTF_8)))
                .toList();
        spool.append(events).toCompletableFuture().join();
    }

    Batch take() {
        return take(0).orElseThrow();
    }

    Optional<Batch> take(int lane) {
        return Batches.take(spool, lane, 1_000);
    }

    List<Event> deliver() {
        List<Event> delivered = new ArrayList<>();
        for (int lane = 0; lane < spool.lanes(); lane++) {
            for (var next = take(lane); next.isPresent(); next = take(lane)) {
                Batch batch = next.get();
                batch.forEach(event -> {
                    delivered.add(event);
                    batch.mark(event, new Settlement.Delivered());
                });
                batch.commit();
                spool.release(lane);
            }
        }
        return delivered;
    }

    static void mark(Batch batch, String id, Settlement settlement) {
        batch.forEach(event -> {
            if (event.messageId().equals(id)) {
                batch.mark(event, settlement);
            }
        });
    }

    long number(String sql) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("events.db"));
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs SQL statements on the file. */
    void execute(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("events.db"));
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
