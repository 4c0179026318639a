package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.log.Plural;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Checks the files of spools for damage before they are used, and changes nothing in them. With a damaged file the
 * relay must not start: it would continue with the readable events, and nobody would know which ones are missing.
 */
public final class FileCheck {

    /** It does not use SQLite's {@code .recover}: some builds of the shell lack it, and would write an empty file. */
    private static final String WHAT_TO_DO =
            """
            . Nothing was changed in it.
                To continue with the events that can be read, copy the folder to a safe place. Then run in the folder:
                  (sqlite3 %1$s .dump | sed 's/^ROLLBACK.*/COMMIT;/'; echo 'PRAGMA user_version=%2$s;') | sqlite3 new.db \\
                    && mv new.db %1$s && rm -f %1$s-wal %1$s-shm
                To continue without these events, move the file and its -wal and -shm files away.""";

    private static final String NOTHING_LEFT =
            ". Nothing was changed in it, and nothing in it can be read. To continue without its events, move it and its -wal"
                    + " and -shm files away.";

    private static final String PENDING =
            "SELECT sum(CASE outcome WHEN 'accepted' THEN events WHEN 'retried' THEN 0 WHEN 'replayed' THEN 0"
                    + " ELSE -events END) FROM tally";

    private FileCheck() {}

    /** Says for each damaged file of a folder what is wrong and how to repair it; empty if all files are sound. */
    public static List<String> mistakes(Path dir) {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.toString().replaceFirst("-wal$", ""))
                    .filter(file -> file.endsWith(".db"))
                    .distinct()
                    .sorted()
                    .map(Path::of)
                    .flatMap(file -> mistake(file).stream())
                    .toList();
        } catch (IOException e) {
            return List.of("spool.dir: " + dir + " can't be read, " + e.getMessage());
        }
    }

    private static Optional<String> mistake(Path file) {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        // if the file is empty or missing, SQLite would create a new database and delete the log
        if (file.toFile().length() == 0 && log.toFile().length() > 0) {
            return Optional.of(damaged(file, "expected a database beside its -wal file, found an empty or missing file")
                    + NOTHING_LEFT);
        }
        // a new file gets its name only once it is a database
        if (file.toFile().exists() && file.toFile().length() == 0) {
            return Optional.of(damaged(file, "expected a database, found an empty file") + NOTHING_LEFT);
        }
        SqliteLibrary.load();
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (SpoolConnection connection = new SpoolConnection(config.createConnection("jdbc:sqlite:" + file))) {
            String found = quickCheck(connection);
            return found.equals("ok")
                    ? Optional.empty()
                    : Optional.of(damaged(file, found) + whatToDo(file, connection));
        } catch (SQLException e) {
            return Optional.of("spool.dir: " + file + " can't be read, " + e.getMessage());
        }
    }

    private static String quickCheck(SpoolConnection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        try {
            connection.forEach(
                    "PRAGMA quick_check(3)",
                    row -> found.add(row.getString(1).replace("*** in database main ***\n", "")));
        } catch (SQLException e) {
            if (!isDamage(e)) {
                throw e;
            }
            found.add(e.getMessage());
        }
        return String.join("; ", found);
    }

    private static String whatToDo(Path file, SpoolConnection connection) {
        try {
            // without it, SQLite reads nothing of a file that was cut off
            connection.execute("PRAGMA writable_schema=ON");
            String version = connection.pragma("PRAGMA user_version", row -> row.getString(1));
            return pending(connection) + WHAT_TO_DO.formatted(file.getFileName(), version);
        } catch (SQLException unreadable) {
            return NOTHING_LEFT;
        }
    }

    private static String pending(SpoolConnection connection) {
        try {
            return ". According to its tally, it has " + Plural.of(connection.number(PENDING), "pending event");
        } catch (SQLException unreadable) {
            return "";
        }
    }

    private static String damaged(Path file, String found) {
        return "spool.dir: " + file + " is damaged, " + found;
    }

    /** Whether SQLite found the file's content damaged. */
    static boolean isDamage(Throwable failure) {
        return failure instanceof SQLiteException e
                && (e.getResultCode().name().startsWith("SQLITE_CORRUPT")
                        || e.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB);
    }
}
