package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.packaged.KafkaBroker;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolContractTest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine for more than one machine keeps the contract, but for the number of lanes, which can't change: a spool that
 * is opened again keeps that of the first time (see {@code KafkaTopicsTest}).
 */
class KafkaSpoolTest extends SpoolContractTest {

    @TempDir
    static Path folder;

    private static KafkaBroker broker;

    private final Map<Path, Integer> lanesAtFirst = new ConcurrentHashMap<>();

    @BeforeAll
    static void startBroker() {
        broker = new KafkaBroker(folder);
        broker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Override
    protected boolean changesLanes() {
        return false;
    }

    @Override
    protected Spool open(Path dir, int lanes, Clock clock) {
        return new KafkaFixture(broker, dir.getFileName().toString())
                .open(lanesAtFirst.computeIfAbsent(dir, first -> lanes), clock);
    }
}
