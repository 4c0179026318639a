package dev.listrakrelay.spool.kafka;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.listrakrelay.packaged.KafkaBroker;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While no broker can be reached, the spool accepts nothing; when a broker is back, it continues by itself. */
@Tag("kafka")
@Tag("faults")
class KafkaAwayTest {

    /** The longest time that a caller waits. */
    private static final long LONGEST_SECONDS = 30;

    @TempDir
    Path folder;

    private KafkaBroker broker;

    @BeforeEach
    void startBroker() {
        broker = new KafkaBroker(folder);
        broker.start();
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void nothingIsAcceptedWhileTheBrokerIsDownAndAcceptedEventsAreDeliveredWhenItIsBack() throws Exception {
        // given a batch in flight, and more events after it
        try (KafkaSpool spool = new KafkaFixture(broker, "away").open(2, Clock.systemUTC())) {
            append(spool, "before", 100).join();
            Batch batch = spool.take(0, 10, Duration.ZERO, KafkaFixture.BOUND).orElseThrow();
            List<Long> seqs = StreamSupport.stream(batch.spliterator(), false)
                    .map(Event::seq)
                    .toList();
            batch.forEach(event -> batch.mark(event, new Settlement.Delivered()));
            batch.sent(new SentRequest(Instant.now(), "listrak", 200, 12, 512, false, "", seqs));

            // when
            broker.close();
            CompletableFuture<Integer> refused = append(spool, "away", 10).orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS);
            Throwable cause =
                    assertThrows(CompletionException.class, refused::join).getCause();
            assertThrows(SpoolUnavailable.class, batch::commit);
            assertThrows(CompletionException.class, () -> spool.probe()
                    .toCompletableFuture()
                    .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                    .join());
            broker.start();

            // then
            assertThat(cause, instanceOf(SpoolUnavailable.class));
            await().atMost(KafkaFixture.BOUND)
                    .ignoreExceptions()
                    .until(() -> append(spool, "after", 1).join() >= 0);
            await().atMost(KafkaFixture.BOUND).ignoreExceptions().until(() -> {
                batch.commit();
                return true;
            });
            assertEquals(
                    List.of("accepted", "attempted", "delivered"),
                    spool.history().get(seqs.get(0)).orElseThrow().steps().stream()
                            .map(EventStep::outcome)
                            .toList());
            spool.release(0);
            Map<String, Queue<String>> delivered = Walks.nothing();
            try (Walks walks = new Walks(spool, delivered)) {
                await().atMost(KafkaFixture.BOUND)
                        .until(() -> spool.assignedLanes().size() == 2 && spool.pending() == 0);
            }
            long refusedAndThereAllTheSame = delivered.values().stream()
                    .flatMap(Queue::stream)
                    .filter(id -> id.startsWith("away"))
                    .count();
            assertEquals(101 + refusedAndThereAllTheSame, spool.tally().get(new Spool.Outcome("delivered", "")));
            assertEquals(101 + refusedAndThereAllTheSame, batch.size() + Walks.count(delivered));
        }
    }

    private static CompletableFuture<Integer> append(Spool spool, String name, int count) {
        return spool.append(IntStream.range(0, count)
                        .mapToObj(i -> new Event(
                                0,
                                name + "-" + i,
                                "rest",
                                "page",
                                "",
                                "contact-" + i % 20,
                                Instant.ofEpochMilli(i),
                                "{}".getBytes(StandardCharsets.UTF_8)))
                        .toList())
                .toCompletableFuture();
    }
}
