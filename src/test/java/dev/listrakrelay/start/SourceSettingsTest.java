package dev.listrakrelay.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** If a source is switched on, each setting that it lacks is reported. */
class SourceSettingsTest extends CheckedConfiguration {

    @Test
    void aSourceThatIsOnSaysWhatItLacks() {
        // given
        settings.put("source.kafka.enabled", "true");
        settings.put("source.kafka.username", "shop");
        settings.put("source.kafka.sasl-mechanism", "kerberos");
        settings.put("source.amqp.enabled", "true");
        settings.put("source.amqp.url", "tcp://user:s3cret@broker:61616");
        settings.put("source.file.enabled", "true");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "source.amqp.queue: missing, expected the name of a queue; set SOURCE_AMQP_QUEUE",
                        "source.amqp.url (SOURCE_AMQP_URL): expected a URL with amqp:// or amqps://, found another scheme",
                        "source.file.dir: missing, expected the folder to read files from;" + " set SOURCE_FILE_DIR",
                        "source.kafka.brokers: missing, expected at least one broker as host:port;"
                                + " set SOURCE_KAFKA_BROKERS",
                        "source.kafka.password: missing, expected the password of source.kafka.username;"
                                + " set SOURCE_KAFKA_PASSWORD",
                        "source.kafka.sasl-mechanism (SOURCE_KAFKA_SASL_MECHANISM): expected plain or scram-sha-256 or"
                                + " scram-sha-512, found kerberos",
                        "source.kafka.topics: missing, expected at least one topic; set SOURCE_KAFKA_TOPICS"),
                mistakes);
    }

    @Test
    void aFileOfCertificatesHasToBeReadable() {
        // given
        settings.put("source.kafka.enabled", "true");
        settings.put("source.kafka.brokers", "localhost:9092");
        settings.put("source.kafka.topics", "orders");
        settings.put("source.kafka.ca-file", dir.resolve("missing.pem").toString());
        settings.put("source.kafka.certificate-file", dir.toString());
        settings.put("source.amqp.enabled", "true");
        settings.put("source.amqp.url", "amqps://localhost:5671");
        settings.put("source.amqp.queue", "orders");
        settings.put("source.amqp.ca-file", dir.resolve("missing.pem").toString());

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "source.amqp.ca-file (SOURCE_AMQP_CA_FILE): expected a readable file, found "
                                + dir.resolve("missing.pem"),
                        "source.kafka.ca-file (SOURCE_KAFKA_CA_FILE): expected a readable file, found "
                                + dir.resolve("missing.pem"),
                        "source.kafka.certificate-file (SOURCE_KAFKA_CERTIFICATE_FILE): expected a readable file,"
                                + " found " + dir),
                mistakes);
    }

    @Test
    void aSourceThatIsOffNeedsNothing() {
        // given
        settings.put("source.kafka.enabled", "false");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(List.of(), mistakes);
    }
}
