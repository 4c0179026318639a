package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.packaged.KafkaBroker;
import dev.listrakrelay.packaged.SharedKafka;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Base of tests with topics in the shared Kafka. They run in parallel, because they mostly wait for Kafka. */
@Tag("kafka")
@Execution(ExecutionMode.CONCURRENT)
abstract class KafkaTest {

    static KafkaBroker broker;

    @BeforeAll
    static void openBroker() {
        broker = SharedKafka.broker();
    }
}
