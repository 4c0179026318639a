package dev.listrakrelay.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** If the delivery log is on, each setting that it lacks is reported. */
class DeliveryLogSettingsTest extends CheckedConfiguration {

    @BeforeEach
    void on() {
        settings.put("delivery-log.enabled", "true");
    }

    @Test
    void aLogToAFileNeedsAFolderThatIsThere() {
        // given
        List<String> without = mistakes();
        settings.put("delivery-log.dir", dir.resolve("missing").toString());

        // when
        List<String> missing = mistakes();
        settings.put("delivery-log.dir", dir.toString());

        // then
        assertEquals(
                List.of("delivery-log.dir: missing, expected the folder to write files to; set DELIVERY_LOG_DIR"),
                without);
        assertEquals(
                List.of("delivery-log.dir (DELIVERY_LOG_DIR): expected a writable folder, found "
                        + dir.resolve("missing")),
                missing);
        assertEquals(List.of(), mistakes());
    }

    @Test
    void aLogToAnAddressNeedsIt() {
        // given
        settings.put("delivery-log.to", "http");
        settings.put("delivery-log.token", "t0ken\nof two lines");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "delivery-log.token (DELIVERY_LOG_TOKEN): expected one line, found a line break",
                        "delivery-log.url: missing, expected the address to post records to; set DELIVERY_LOG_URL"),
                mistakes);
    }

    @Test
    void aLogToKafkaNeedsBrokersAndACompleteLogin() {
        // given
        settings.put("delivery-log.to", "kafka");
        settings.put("delivery-log.kafka.username", "relay");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "delivery-log.kafka.brokers: missing, expected at least one broker as host:port;"
                                + " set DELIVERY_LOG_KAFKA_BROKERS",
                        "delivery-log.kafka.password: missing, expected the password of delivery-log.kafka.username;"
                                + " set DELIVERY_LOG_KAFKA_PASSWORD"),
                mistakes);
    }

    @Test
    void aSpoolInKafkaLogsToKafkaOnly() {
        // given
        settings.put("spool.engine", "kafka");
        settings.put("delivery-log.dir", dir.toString());

        // when
        List<String> toAFile = mistakes();
        settings.put("delivery-log.to", "kafka");

        // then
        assertEquals(
                List.of("delivery-log.to (DELIVERY_LOG_TO): expected kafka, because spool.engine is kafka, found file"),
                toAFile);
        assertEquals(List.of(), mistakes());
    }

    @Test
    void aLogThatIsOffNeedsNothing() {
        // given
        settings.put("delivery-log.enabled", "false");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(List.of(), mistakes);
    }
}
