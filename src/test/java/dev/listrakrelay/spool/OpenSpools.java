package dev.listrakrelay.spool;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;

/** Opens spools with a test clock, for tests of other packages. */
public final class OpenSpools implements AutoCloseable {

    private final Spools spools;

    public OpenSpools(SpoolConfig config, Clock clock) {
        spools = new Spools(
                config,
                SpoolsTest.KAFKA,
                SpoolsTest.NO_IDENTITIES,
                clock,
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
