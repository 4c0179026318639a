package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.packaged.SharedKafka;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolContractTest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The engine for more than one machine keeps the contract, but for what it says it doesn't. The number of its lanes can't
 * change: a spool that is opened again keeps that of the first time (see {@code KafkaTopicsTest}).
 */
@Tag("kafka")
@Execution(ExecutionMode.CONCURRENT)
class KafkaSpoolTest extends SpoolContractTest {

    private final Map<Path, Integer> lanesAtFirst = new ConcurrentHashMap<>();

    @Override
    protected boolean changesLanes() {
        return false;
    }

    /** What a process did, it alone knows, and no longer than it lives. */
    @Override
    protected boolean remembersSteps() {
        return false;
    }

    /** What is not replayed yet stays a dead letter. */
    @Override
    protected boolean remembersReplays() {
        return false;
    }

    /** The brokers let go of what is deleted when they trim and compact. */
    @Override
    protected boolean rewritesAtOnce() {
        return false;
    }

    @Override
    protected Spool open(Path dir, int lanes, Clock clock) {
        return new KafkaFixture(SharedKafka.broker(), dir.getFileName().toString())
                .open(lanesAtFirst.computeIfAbsent(dir, first -> lanes), clock);
    }
}
