package dev.listrakrelay.spool.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection prepares a text again after a failure, and runs it inside of its own result. */
class SpoolConnectionTest {

    private static final String ADD = "INSERT INTO tally VALUES (?, ?, ?)";
    private static final String LARGE = "a".repeat(1_000_000);

    @TempDir
    Path dir;

    private SpoolConnection connection;

    @BeforeEach
    void open() throws Exception {
        connection = new SqliteDatabase(dir, "events").writer();
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    @Test
    void aStatementThatFailedBecauseTheDiskWasFullRunsAgain() throws Exception {
        // given
        connection.update(ADD, "before", "", 1);
        connection.commit();
        connection.pragma("PRAGMA max_page_count=50", row -> row.getInt(1));
        SQLException full = assertThrows(SQLException.class, () -> connection.update(ADD, LARGE, "", 1));
        connection.pragma("PRAGMA max_page_count=1000000", row -> row.getInt(1));

        // when
        int added = connection.update(ADD, "after", "", 1);

        // then
        assertEquals("SQLITE_FULL", full.getMessage().replaceAll(".*(SQLITE_[A-Z]+).*", "$1"));
        assertEquals(1, added);
        assertEquals(2, connection.number("SELECT count(*) FROM tally"));
    }

    @Test
    void aTextRunsInsideOfItsOwnResult() throws Exception {
        // given
        connection.update(ADD, "a", "", 1);
        connection.update(ADD, "b", "", 1);
        String names = "SELECT outcome FROM tally ORDER BY outcome";

        // when
        List<String> pairs = new ArrayList<>();
        connection.forEach(
                names, outer -> connection.forEach(names, inner -> pairs.add(outer.getString(1) + inner.getString(1))));

        // then
        assertEquals(List.of("aa", "ab", "ba", "bb"), pairs);
    }

    @Test
    void valuesOfEachTypeAreReadAsTheyWereWritten() throws Exception {
        // when
        connection.update("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?)", 1, 2L, true, "name", "", new byte[] {7});

        // then
        String row = connection.first(
                "SELECT id, block, at, outcome, hex(seqs) FROM history",
                found -> found.getInt(1) + " " + found.getLong(2) + " " + found.getInt(3) + " " + found.getString(4)
                        + " " + found.getString(5));
        assertEquals("1 2 1 name 07", row);
    }
}
