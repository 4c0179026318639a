package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The delivery log is complete through {@code kill -9}: every event that Listrak received or the mapping dropped has a
 * record, and a record that was written twice has the same id.
 *
 * <p>The guarantee is tested with {@code -Drelay.kills=20}.
 */
@Tag("faults")
class DeliveryLogIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(DeliveryLogIT.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KILLS = Integer.getInteger("relay.kills", 2);
    private static final int EVENTS = KILLS * 1_000 / 16 * 16;
    private static final int CONNECTIONS = 16;
    private static final Duration BOUND = Duration.ofMinutes(1);

    private Path logs;

    @BeforeEach
    void switchOn() throws IOException {
        logs = Files.createDirectory(folder.resolve("logs"));
        relay.with("DELIVERY_LOG_ENABLED", "true")
                .with("DELIVERY_LOG_DIR", logs.toString())
                .with("DELIVERY_LOG_BATCH_SIZE", "50");
    }

    @Test
    void everySettledEventIsInTheLogThroughKillsAtAnyMoment() throws IOException {
        // given
        long seed = Long.getLong("relay.seed", System.nanoTime());
        LOG.infof("seed %d, to repeat: -Drelay.seed=%d", seed, seed);
        int[] moments = new Random(seed)
                .ints(KILLS, EVENTS / 100, EVENTS * 97 / 100)
                .sorted()
                .toArray();
        relay.start();

        // when
        List<String> dropped = new ArrayList<>();
        try (Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS, seed)) {
            for (int moment : moments) {
                await().atMost(BOUND)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> callers.count() >= moment || callers.areDone());
                dropped.addAll(postWithoutARule("drop-" + dropped.size()));
                relay.kill9();
                relay.start();
            }
            callers.join();
            awaitNothingPending(BOUND);
            await().atMost(BOUND).until(() -> relay.metric("listrak_relay_delivery_log_unsent") == 0);

            // then
            List<JsonNode> records = records();
            Map<String, Set<String>> outcomes = records.stream()
                    .collect(Collectors.groupingBy(
                            record -> record.path("messageId").asText(),
                            Collectors.mapping(record -> record.path("outcome").asText(), Collectors.toSet())));
            LOG.infof(
                    "%d kills, %d events acknowledged, %d dropped, %d arrived, %d records, %d of them twice",
                    KILLS,
                    callers.count(),
                    dropped.size(),
                    listrak.orderIds().size(),
                    records.size(),
                    records.size() - outcomes.size());
            assertThat(callers.acknowledged(), hasSize(EVENTS));
            assertThat("delivered, but not in the log", without(listrak.orderIds(), outcomes, "delivered"), empty());
            assertThat("dropped, but not in the log", without(Set.copyOf(dropped), outcomes, "dropped"), empty());
            assertThat("events in the log", outcomes.size(), is(EVENTS + dropped.size()));
            assertThat("twice with another id or outcome", differing(records), empty());
        }
    }

    /** Posts some events that no rule matches. Returns their ids. */
    private List<String> postWithoutARule(String prefix) throws IOException {
        List<String> ids =
                IntStream.range(0, 10).mapToObj(number -> prefix + "-" + number).toList();
        String events = ids.stream()
                .map(id ->
                        """
                        {"type":"track","event":"Nothing To Send","messageId":"%s","userId":"u"}"""
                                .formatted(id))
                .collect(Collectors.joining(","));
        assertThat(relay.post("batch", "{\"batch\":[" + events + "]}"), is(200));
        return ids;
    }

    private static Set<String> without(Set<String> ids, Map<String, Set<String>> outcomes, String outcome) {
        return ids.stream()
                .filter(id -> !outcomes.getOrDefault(id, Set.of()).equals(Set.of(outcome)))
                .collect(Collectors.toSet());
    }

    /** The events with two records that are not equal. Such records would count twice in a warehouse. */
    private static Set<String> differing(List<JsonNode> records) {
        Map<String, JsonNode> first = new HashMap<>();
        return records.stream()
                .filter(record -> !record.equals(
                        first.computeIfAbsent(record.path("messageId").asText(), id -> record)))
                .map(record -> record.path("messageId").asText())
                .collect(Collectors.toSet());
    }

    private List<JsonNode> records() throws IOException {
        List<JsonNode> records = new ArrayList<>();
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    records.add(JSON.readTree(line));
                }
            }
        }
        return records;
    }
}
