package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolContractTest;
import java.nio.file.Path;
import java.time.Clock;

/** The embedded engine keeps the contract. */
class SqliteSpoolTest extends SpoolContractTest {

    @Override
    protected Spool open(Path dir, int lanes, Clock clock) {
        return new SqliteSpool(dir, "events", lanes, clock);
    }
}
