package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.packaged.KafkaBroker;
import dev.listrakrelay.packaged.SharedKafka;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Topics in the Kafka that all tests share. */
@Tag("kafka")
abstract class KafkaTest {

    static KafkaBroker broker;

    @BeforeAll
    static void openBroker() {
        broker = SharedKafka.broker();
    }
}
