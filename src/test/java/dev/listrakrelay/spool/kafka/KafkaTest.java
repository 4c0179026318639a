package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.packaged.KafkaBroker;
import dev.listrakrelay.packaged.SharedKafka;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Topics in the Kafka that all tests share. The tests mostly wait for it, so they run side by side. */
@Tag("kafka")
@Execution(ExecutionMode.CONCURRENT)
abstract class KafkaTest {

    static KafkaBroker broker;

    @BeforeAll
    static void openBroker() {
        broker = SharedKafka.broker();
    }
}
