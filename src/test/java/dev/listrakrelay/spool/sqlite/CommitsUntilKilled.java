package dev.listrakrelay.spool.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A program for tests: commits rows through the spool's group commit and connection until it is killed, and prints the
 * number of each row after its commit is confirmed. Its arguments are a folder and a value of SQLite's {@code
 * synchronous}. So a test can show what a weaker value than FULL would lose; the relay always uses FULL.
 */
public final class CommitsUntilKilled {

    private CommitsUntilKilled() {}

    public static void main(String... args) throws Exception {
        Connection writer = new SqliteDatabase(Path.of(args[0]), "events").writer();
        writer.setAutoCommit(true);
        try (Statement pragma = writer.createStatement()) {
            pragma.execute("PRAGMA synchronous=" + args[1]);
        }
        writer.setAutoCommit(false);
        GroupCommit commits = new GroupCommit("events", writer);
        commits.start(connection -> false);
        for (int number = 0; ; number++) {
            int row = number;
            commits.submit(connection -> insert(connection, row), nothing -> {}).join();
            System.out.println(row);
        }
    }

    private static int insert(Connection connection, int row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO tally VALUES ('row', ?, 1)")) {
            insert.setInt(1, row);
            return insert.executeUpdate();
        }
    }
}
