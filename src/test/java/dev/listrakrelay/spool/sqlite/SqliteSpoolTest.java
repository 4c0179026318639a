package dev.listrakrelay.spool.sqlite;

import dev.listrakrelay.spool.DeliveryLog;
import dev.listrakrelay.spool.DeliveryLogOptions;
import dev.listrakrelay.spool.LoggedContact;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolContractTest;
import dev.listrakrelay.spool.SpoolLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The SQLite engine keeps the spool's contract. */
class SqliteSpoolTest extends SpoolContractTest {

    private static final SpoolLimits LIMITS =
            new SpoolLimits(Duration.ofDays(30), Duration.ofHours(24), 200_000).withIdentities(Duration.ofDays(365));
    private static final DeliveryLogOptions LOG = new DeliveryLogOptions(LoggedContact.PLAIN, 1_000, "");

    @Override
    protected Spool open(Path dir, int lanes, Clock clock) {
        return new SqliteSpool(dir, "events", lanes, clock, LIMITS);
    }

    @Override
    protected Spool openLogged(Path dir, int lanes, Clock clock) {
        return new SqliteSpool(dir, "events", lanes, clock, LIMITS.withLog(Optional.of(LOG)));
    }

    @Override
    protected List<String> logged(Path dir, Spool spool) {
        return spool.deliveryLog().next(1_000).stream()
                .map(DeliveryLog.UnsentRecord::json)
                .toList();
    }
}
