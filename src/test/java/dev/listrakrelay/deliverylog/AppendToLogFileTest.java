package dev.listrakrelay.deliverylog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.listrakrelay.spool.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the delivery log hold complete lines only, and a file of an earlier day never changes. */
class AppendToLogFileTest {

    @TempDir
    Path dir;

    private final TestClock clock = new TestClock();
    private AppendToLogFile step;

    @BeforeEach
    void make() {
        step = new AppendToLogFile(LogConfigs.of("delivery-log.dir", dir.toString()), clock);
    }

    private Path file(String day) {
        return dir.resolve("delivery-log-" + day + ".ndjson");
    }

    private void append(String lines) throws IOException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(lines.getBytes(StandardCharsets.UTF_8));
        step.process(exchange);
    }

    @Test
    void eachDayHasItsFile() throws IOException {
        // given
        append("{\"a\":1}\n");
        append("{\"a\":2}\n");

        // when
        clock.advance(Duration.ofHours(14));
        append("{\"a\":3}\n");

        // then
        assertEquals("{\"a\":1}\n{\"a\":2}\n", Files.readString(file("2025-11-21")));
        assertEquals("{\"a\":3}\n", Files.readString(file("2025-11-22")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8_000, 8_192, 20_000})
    void aLineThatWasCutOffIsRemovedBeforeItsRecordIsRepeated(int length) throws IOException {
        // given
        append("{\"a\":1}\n");
        String whole = Files.readString(file("2025-11-21"));
        Files.writeString(file("2025-11-21"), whole + "{\"a\":\"" + "x".repeat(length));

        // when
        append("{\"a\":2}\n");

        // then
        assertEquals(whole + "{\"a\":2}\n", Files.readString(file("2025-11-21")));
    }

    @Test
    void aFirstLineThatWasCutOffLeavesAnEmptyFile() throws IOException {
        // given
        Files.writeString(file("2025-11-21"), "{\"a\":");

        // when
        append("{\"a\":1}\n");

        // then
        assertEquals("{\"a\":1}\n", Files.readString(file("2025-11-21")));
    }
}
