package dev.listrakrelay.spool.sqlite;

import java.nio.file.Path;

/**
 * A program for tests: commits rows through the spool's group commit and connection until it is killed, and prints the
 * number of each row after its commit is confirmed. Its arguments are a folder and a value of SQLite's {@code
 * synchronous}. So a test can show what a weaker value than FULL would lose; the relay always uses FULL.
 */
public final class CommitsUntilKilled {

    private CommitsUntilKilled() {}

    public static void main(String... args) throws Exception {
        SpoolConnection writer = new SqliteDatabase(Path.of(args[0]), "events").writer();
        writer.setAutoCommit(true);
        writer.execute("PRAGMA synchronous=" + args[1]);
        writer.setAutoCommit(false);
        GroupCommit commits = new GroupCommit("events", writer);
        commits.start(() -> false);
        for (int number = 0; ; number++) {
            int row = number;
            commits.submit(() -> writer.update("INSERT INTO tally VALUES ('row', ?, 1)", row), rows -> {})
                    .join();
            System.out.println(row);
        }
    }
}
