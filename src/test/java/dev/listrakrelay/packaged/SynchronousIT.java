package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.listrakrelay.spool.sqlite.CommitsUntilKilled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guarantees, Delivery 1: SQLite's {@code synchronous=FULL} keeps acknowledged data through a power cut. With FULL, the
 * test program loses nothing; with NORMAL, after the same power cut, it does. Needs root.
 */
@Tag("packaged")
class SynchronousIT {

    private static final Logger LOG = Logger.getLogger(SynchronousIT.class);
    private static final int ROWS = 500;

    @TempDir
    Path folder;

    @Test
    void fullOutlastsAPowerCut() throws Exception {
        assertThat(lostAfterAPowerCut("FULL"), is(0));
    }

    @Test
    void normalLosesRowsInTheSamePowerCut() throws Exception {
        assertThat(lostAfterAPowerCut("NORMAL"), greaterThan(0));
    }

    /** Cuts the power. Returns how many rows are missing whose commit was confirmed. */
    private int lostAfterAPowerCut(String synchronous) throws Exception {
        Machine.assumeRoot();
        Machine.assumeInstalled("losetup", "mkfs.ext4");
        Path image = folder.resolve("image");
        Path copy = folder.resolve("copy");
        Path told = folder.resolve("told");
        try (SmallDisk disk = SmallDisk.onNewImage(image, folder.resolve("disk"), 64)) {
            Process process = start(disk.root(), synchronous, told);
            try {
                await().atMost(Duration.ofMinutes(1)).until(() -> numbers(told).size() > ROWS);
                Machine.signal("STOP", process.pid());
                Machine.run("cp", "--sparse=always", image.toString(), copy.toString());
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        try (SmallDisk disk = SmallDisk.onImage(copy, folder.resolve("disk-after"))) {
            Set<String> acknowledged = new HashSet<>(numbers(told));
            int before = acknowledged.size();
            acknowledged.removeAll(rows(disk.root().resolve("events.db")));
            LOG.infof("synchronous=%s: %d of %d rows lost", synchronous, acknowledged.size(), before);
            return acknowledged.size();
        }
    }

    private Process start(Path dir, String synchronous, Path told) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommitsUntilKilled.class.getName(),
                        dir.toString(),
                        synchronous)
                .redirectOutput(told.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    /** The complete lines; the last one may be cut off, because the program is stopped at any moment. */
    private static List<String> numbers(Path told) throws IOException {
        String text = Files.readString(told);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static Set<String> rows(Path file) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var query = connection.createStatement();
                ResultSet row = query.executeQuery("SELECT reason FROM tally WHERE outcome = 'row'")) {
            Set<String> rows = new HashSet<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            if (e.getMessage().contains("no such table")) {
                return Set.of();
            }
            throw e;
        }
    }
}
