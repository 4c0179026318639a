package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.packaged.KafkaBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A broker for all tests of a class. */
abstract class KafkaTest {

    @TempDir
    static Path folder;

    static KafkaBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = new KafkaBroker(folder);
        broker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }
}
