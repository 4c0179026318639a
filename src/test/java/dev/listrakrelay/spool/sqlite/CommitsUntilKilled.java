package dev.listrakrelay.spool.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A program of the tests: writes through the spool's own group commit and its own connection, and prints the number of
 * each row once it is told to be on disk, until it is killed. Its arguments are a folder and a value of SQLite's {@code
 * synchronous}, which is how a test can show what less than FULL would cost; the service itself knows no other.
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
        GroupCommit commits = new GroupCommit("events", writer, connection -> false);
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
