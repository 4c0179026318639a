package dev.listrakrelay.spool.kafka;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.LaneState;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code kafka-consumer-groups}, the tool that comes with Kafka, shows how far each lane is, and sets it. */
class KafkaToolTest extends KafkaTest {

    private static final Settlement DELIVERED = new Settlement.Delivered();

    private final TestClock clock = new TestClock();

    @Test
    void theLagOfALaneIsTheNumberOfItsPendingEvents() throws Exception {
        // given
        try (KafkaSpool spool = new KafkaFixture(broker, "lag").open(3, clock)) {
            append(spool, 0, 60);
            Batch five = await().atMost(KafkaFixture.BOUND)
                    .until(() -> take(spool, 0, 5), Optional::isPresent)
                    .orElseThrow();
            settle(spool, 0, five, id -> DELIVERED);
            settle(spool, 1, 0, id -> DELIVERED);
            append(spool, 60, 30);

            // when
            Map<Integer, Long> lags = lags("lag.events");

            // then
            assertEquals(
                    spool.laneStates().stream().collect(Collectors.toMap(LaneState::lane, LaneState::pending)), lags);
        }
    }

    @Test
    void theLagOfALaneAlsoCountsTheSettledEventsBehindOneThatWaitsForARetry() throws Exception {
        // given
        try (KafkaSpool spool = new KafkaFixture(broker, "behind").open(1, clock)) {
            append(spool, 0, 10);
            settle(
                    spool,
                    0,
                    1,
                    id -> id.equals("m-7")
                            ? new Settlement.Retry(clock.instant().plus(Duration.ofHours(1)), "429")
                            : DELIVERED);

            // when
            Map<Integer, Long> lags = lags("behind.events");

            // then
            assertEquals(1, spool.pending());
            assertEquals(Map.of(0, 3L), lags);
        }
    }

    @Test
    void aLaneDeliversFromTheOffsetThatTheToolSetAndCountsAnew() throws Exception {
        // given
        KafkaFixture topics = new KafkaFixture(broker, "reset");
        try (KafkaSpool spool = topics.open(1, clock)) {
            append(spool, 0, 10);
            settle(spool, 0, 0, id -> id.equals("m-2") ? new Settlement.Dead("rejected", "") : DELIVERED);
        }

        // when
        String earliest = reset("reset", "--to-earliest");

        // then
        try (KafkaSpool spool = topics.open(1, clock)) {
            assertEquals(10, spool.pending(), earliest);
            assertEquals(Map.of(new Spool.Outcome("accepted", ""), 10L), spool.tally());
            assertEquals(List.of(), spool.deadLetters().find(Search.ALL));
            assertEquals(ids(0, 10), settle(spool, 0, 0, id -> DELIVERED));
            assertEquals(
                    Map.of(new Spool.Outcome("accepted", ""), 10L, new Spool.Outcome("delivered", ""), 10L),
                    spool.tally());
        }

        // and when
        String shifted = reset("reset", "--shift-by", "-3");

        // then
        try (KafkaSpool spool = topics.open(1, clock)) {
            assertEquals(3, spool.pending(), shifted);
            assertEquals(ids(7, 10), settle(spool, 0, 0, id -> DELIVERED));
        }
    }

    @Test
    void theToolSetsNoOffsetWhileARelayRuns() throws Exception {
        // given
        try (KafkaSpool spool = new KafkaFixture(broker, "running").open(1, clock)) {
            append(spool, 0, 10);
            settle(spool, 0, 0, id -> DELIVERED);

            // when
            String refused = reset("running", "--to-earliest");

            // then
            assertThat(
                    refused, containsString("Assignments can only be reset if the group 'running.events' is inactive"));
            assertEquals(10, broker.committed("running.events"));
        }
    }

    private static String reset(String group, String... to) {
        List<String> arguments = new ArrayList<>(List.of("--reset-offsets", "--group", group + ".events"));
        arguments.addAll(List.of("--topic", group + ".events", "--execute"));
        arguments.addAll(List.of(to));
        return broker.consumerGroups(arguments.toArray(new String[0]));
    }

    /** The lag of each lane that the tool shows. */
    private static Map<Integer, Long> lags(String group) {
        List<List<String>> rows = broker.consumerGroups("--describe", "--group", group)
                .lines()
                .map(line -> List.of(line.strip().split(" +")))
                .toList();
        List<String> header =
                rows.stream().filter(row -> row.contains("LAG")).findFirst().orElseThrow();
        return rows.stream()
                .filter(row -> row.get(0).equals(group))
                .collect(Collectors.toMap(
                        row -> Integer.valueOf(row.get(header.indexOf("PARTITION"))),
                        row -> Long.valueOf(row.get(header.indexOf("LAG")))));
    }

    private void append(Spool spool, int from, int count) {
        KafkaFixture.append(spool, from, count, clock);
    }

    /** Settles events of a lane until {@code left} of them are pending. Returns their ids. */
    private static List<String> settle(Spool spool, int lane, int left, Function<String, Settlement> how) {
        List<String> ids = new ArrayList<>();
        await().atMost(KafkaFixture.BOUND).until(() -> {
            take(spool, lane, 1_000).ifPresent(batch -> ids.addAll(settle(spool, lane, batch, how)));
            return spool.laneStates().get(lane).pending() == left;
        });
        return ids;
    }

    private static List<String> settle(Spool spool, int lane, Batch batch, Function<String, Settlement> how) {
        List<String> ids = new ArrayList<>();
        batch.forEach(event -> {
            ids.add(event.messageId());
            batch.mark(event, how.apply(event.messageId()));
        });
        batch.commit();
        spool.release(lane);
        return ids;
    }

    private static Optional<Batch> take(Spool spool, int lane, int max) throws InterruptedException {
        return spool.take(lane, max, Duration.ZERO, Duration.ZERO);
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m-" + i).toList();
    }
}
