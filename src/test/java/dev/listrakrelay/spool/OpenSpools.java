package dev.listrakrelay.spool;

import dev.listrakrelay.spool.sqlite.SpoolFolder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Optional;

/** Opens spools with a test clock, for tests of other packages. */
public final class OpenSpools implements AutoCloseable {

    private final Spools spools;

    public OpenSpools(SpoolConfig config, Clock clock) {
        this(config, clock, Optional.empty());
    }

    /** @param log what the spools write into the delivery log; empty if the log is off */
    public OpenSpools(SpoolConfig config, Clock clock, Optional<DeliveryLogOptions> log) {
        spools = new Spools(
                new SpoolFolder(config.dir(), config.lanes(), clock),
                config,
                SpoolsTest.NO_IDENTITIES,
                log,
                event -> false,
                new SpoolMeters(new SimpleMeterRegistry(), clock));
    }

    public Spools spools() {
        return spools;
    }

    @Override
    public void close() {
        spools.close();
    }
}
