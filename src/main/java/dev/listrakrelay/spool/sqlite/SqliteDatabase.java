package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * Opens the file of a spool, {@code <spool.dir>/<name>.db}, which only its owner may read.
 *
 * <p>{@code synchronous=FULL} keeps acknowledged events through a power cut. With {@code NORMAL} a commit returns
 * before its fsync.
 */
final class SqliteDatabase implements AutoCloseable {

    /** How long a statement waits for another connection's lock, in milliseconds. */
    static final int BUSY_MILLIS = 10_000;

    private final Path file;
    private final List<SpoolConnection> connections = new ArrayList<>();

    SqliteDatabase(Path dir, String name) throws IOException, SQLException {
        SqliteLibrary.load();
        file = dir.resolve(name + ".db");
        if (!Files.exists(file)) {
            make(dir.resolve(name + ".db-new"));
        }
    }

    /**
     * Creates a database, then gives it its name. So an empty file with that name is damage, not an interrupted start.
     */
    private void make(Path unfinished) throws IOException, SQLException {
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, SpoolFolder.OWNER_ONLY);
        try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + unfinished, new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("PRAGMA journal_mode=WAL");
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    Path file() {
        return file;
    }

    /** The write-ahead log: committed pages that are not in the database yet. */
    Path log() {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** Free bytes of the file's disk. */
    long freeOnDisk() throws IOException {
        return Files.getFileStore(file).getUsableSpace();
    }

    /** Opens the one connection that writes, and creates the tables. Each transaction ends with a commit. */
    SpoolConnection writer() throws SQLException {
        SpoolConnection connection =
                connect("PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=0", "PRAGMA cache_size=-16000");
        connection.setAutoCommit(false);
        Schema.create(connection);
        connection.commit();
        return connection;
    }

    /** Opens a connection that copies the log into the database. */
    SpoolConnection checkpointer() throws SQLException {
        return connect("PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=0");
    }

    /** Opens a connection that reads committed rows. */
    SpoolConnection reader() throws SQLException {
        return connect("PRAGMA query_only=ON", "PRAGMA cache_size=-4000");
    }

    private SpoolConnection connect(String... pragmas) throws SQLException {
        // without generated keys, the driver doesn't query the last row id after each insert
        SpoolConnection connection = new SpoolConnection(
                JDBC.createConnection("jdbc:sqlite:" + file + "?jdbc.get_generated_keys=false", new Properties()));
        connections.add(connection);
        connection.execute("PRAGMA journal_mode=WAL");
        connection.execute("PRAGMA busy_timeout=" + BUSY_MILLIS);
        connection.execute("PRAGMA journal_size_limit=67108864");
        for (String pragma : pragmas) {
            connection.execute(pragma);
        }
        return connection;
    }

    /** Closes all connections. */
    @Override
    public void close() {
        try {
            for (SpoolConnection connection : connections) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new SpoolUnavailable("spool: can't close the file, " + e.getMessage(), e);
        }
    }
}
