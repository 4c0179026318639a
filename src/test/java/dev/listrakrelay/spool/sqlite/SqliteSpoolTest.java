package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolContractTest;
import dev.listrakrelay.spool.SpoolLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The SQLite engine keeps the spool's contract. */
class SqliteSpoolTest extends SpoolContractTest {

    @Override
    protected Spool open(Path dir, int lanes, Clock clock) {
        return new SqliteSpool(
                dir,
                "events",
                lanes,
                clock,
                new SpoolLimits(Duration.ofDays(30), Duration.ofHours(24), 200_000)
                        .withIdentities(Duration.ofDays(365)));
    }
}
