package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Runs SQL over one connection to a spool's file.
 *
 * <p>It keeps a prepared statement for each text, so a text is a constant, and values are parameters. The driver closes
 * a statement that fails; its text is prepared again when it is needed next.
 */
final class SpoolConnection implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SpoolConnection.class);

    private final Connection connection;

    /** Statements that are not in use, by text. */
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    SpoolConnection(Connection connection) {
        this.connection = connection;
    }

    /** Reads or writes rows. */
    interface Sql<T> {
        T run() throws SQLException;
    }

    /** Reads from a result: from its current row, or from all its rows. */
    interface Reading<T> {
        T read(ResultSet result) throws SQLException;
    }

    /** Reads a row. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private interface Execution<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** Writes rows. Returns their number. */
    int update(String sql, Object... values) throws SQLException {
        return run(sql, PreparedStatement::executeUpdate, values);
    }

    /** Reads a result, which begins before its first row. */
    <T> T query(String sql, Reading<T> rows, Object... values) throws SQLException {
        return run(
                sql,
                statement -> {
                    try (ResultSet result = statement.executeQuery()) {
                        return rows.read(result);
                    }
                },
                values);
    }

    private <T> T run(String sql, Execution<T> execution, Object... values) throws SQLException {
        // one that is in use is not in the map, so the same text can run inside of its own result
        PreparedStatement statement = prepared.remove(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
        }
        boolean isSound = false;
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            T result = execution.of(statement);
            isSound = true;
            return result;
        } finally {
            PreparedStatement unused = isSound ? prepared.put(sql, statement) : statement;
            if (unused != null) {
                close(unused);
            }
        }
    }

    private static void close(PreparedStatement statement) {
        try {
            statement.close();
        } catch (SQLException known) {
            // SQLite repeats the failure of the statement
            LOG.debugf("a statement failed, %s", known.getMessage());
        }
    }

    /** Reads all rows. */
    <T> List<T> list(String sql, Reading<T> row, Object... values) throws SQLException {
        return query(
                sql,
                rows -> {
                    List<T> list = new ArrayList<>();
                    while (rows.next()) {
                        list.add(row.read(rows));
                    }
                    return list;
                },
                values);
    }

    /** Reads all rows, one by one. */
    void forEach(String sql, RowReader reader, Object... values) throws SQLException {
        query(
                sql,
                rows -> {
                    while (rows.next()) {
                        reader.read(rows);
                    }
                    return null;
                },
                values);
    }

    /** Reads the first column of all rows. */
    List<Long> numbers(String sql, Object... values) throws SQLException {
        return list(sql, row -> row.getLong(1), values);
    }

    /** Reads the first row; null if there is none. */
    <T> T first(String sql, Reading<T> row, Object... values) throws SQLException {
        return query(sql, rows -> rows.next() ? row.read(rows) : null, values);
    }

    /** Reads the first column of the first row; 0 if it is null. */
    long number(String sql, Object... values) throws SQLException {
        return query(sql, row -> row.getLong(1), values);
    }

    /** Executes a statement that is not prepared: one that makes tables, or a setting. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Executes a pragma, and reads the row that it returns. It is not prepared, because it may run at that time. */
    <T> T pragma(String sql, Reading<T> row) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return row.read(result);
        }
    }

    /**
     * Reads something, one thread at a time.
     *
     * @param what what it reads, for the message of a failure
     */
    synchronized <T> T read(String what, Sql<T> sql) {
        try {
            return sql.run();
        } catch (SQLException e) {
            throw new SpoolUnavailable("spool: can't read " + what + ", " + e.getMessage(), e);
        }
    }

    void setAutoCommit(boolean isOn) throws SQLException {
        connection.setAutoCommit(isOn);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
