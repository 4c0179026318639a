package dev.listrakrelay.spool.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** If a process dies at any write of a replay, the next owner of its lane completes the replay, and repeats nothing. */
class ReplayCrashTest extends KafkaTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Settlement DELIVERED = new Settlement.Delivered();
    private static final Settlement REJECTED = new Settlement.Dead("rejected", "400 bad");

    private final TestClock clock = new TestClock();
    private final String prefix = UUID.randomUUID().toString();
    private final KafkaFixture fixture = new KafkaFixture(broker, prefix);
    private final SpoolTopics topics = new SpoolTopics(prefix + ".", "events", 1);
    private KafkaSpool spool = fixture.open(1, clock);

    @AfterEach
    void close() {
        spool.close();
    }

    private void append(String... ids) {
        List<Event> events = Stream.of(ids)
                .map(id -> new Event(
                        0, id, "rest", "track", "", "ada@example.com", clock.instant(), new byte[] {'{', '}'}))
                .toList();
        assertEquals(ids.length, SpoolUnavailable.await(spool.append(events)));
    }

    private List<String> settle(Settlement how) throws InterruptedException {
        List<String> settled = new ArrayList<>();
        Optional<Batch> batch = spool.take(0, 1_000, Duration.ZERO, Duration.ZERO);
        batch.ifPresent(events -> {
            events.forEach(event -> {
                events.mark(event, how);
                settled.add(event.messageId());
            });
            events.commit();
        });
        spool.release(0);
        return settled;
    }

    /** Writes the last records of a process that died. */
    private void write(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        try (Producer<byte[], byte[]> producer = new SpoolKafkaClients(fixture.config()).producer()) {
            for (ProducerRecord<byte[], byte[]> written : records) {
                producer.send(written).get();
            }
        }
    }

    private long count(String outcome) {
        return spool.tally().getOrDefault(new Spool.Outcome(outcome, "rejected"), 0L);
    }

    @Test
    void anEventThatWasReplayedButIsStillADeadLetterIsNotDeliveredAgain() throws Exception {
        // given a process that died before it deleted the first dead letter
        append("1", "2", "3");
        settle(REJECTED);
        List<DeadLetter> deadLetters = new ArrayList<>(spool.deadLetters().find(Search.ALL));
        Collections.reverse(deadLetters);
        spool.close();
        Event first = deadLetters.get(0).event();
        EventRecord.Replay replay = new EventRecord.Replay(first.seq(), "rejected");
        write(List.of(EventRecord.of(replay, first, topics.events(), 0, clock.millis())));
        spool = fixture.open(1, clock);

        // when
        SpoolUnavailable.await(spool.deadLetters().replay(Search.ALL));

        // then
        List<String> delivered = new ArrayList<>();
        await().atMost(BOUND).until(() -> {
            delivered.addAll(settle(DELIVERED));
            return spool.deadLetters().waitingForReplay() == 0 && spool.pending() == 0;
        });
        assertEquals(List.of("1", "2", "3"), delivered);
        assertEquals(3, count("replayed"));
        assertEquals(0, count("dead"));
        assertEquals(List.of(), spool.deadLetters().find(Search.ALL));
    }

    @Test
    void theDeadLetterOfAReplayedAndDeliveredEventIsGone() throws Exception {
        // given a process that died before it deleted the dead letter
        append("1");
        settle(REJECTED);
        DeadLetter deadLetter = spool.deadLetters().find(Search.ALL).get(0);
        spool.close();
        Event event = deadLetter.event();
        EventRecord.Replay replay = new EventRecord.Replay(event.seq(), "rejected");
        write(List.of(EventRecord.of(replay, event, topics.events(), 0, clock.millis())));
        spool = fixture.open(1, clock);

        // when
        List<String> delivered = new ArrayList<>();
        await().atMost(BOUND).until(() -> delivered.addAll(settle(DELIVERED)));

        // then
        assertEquals(List.of("1"), delivered);
        await().atMost(BOUND).until(() -> spool.deadLetters().find(Search.ALL).isEmpty());
        assertEquals(1, count("replayed"));
    }

    @Test
    void aDeadLetterWhoseEventIsStillPendingIsDeleted() throws Exception {
        // given
        append("1");
        spool.close();
        Event pending = new Event(
                topics.seq(0, 0), "1", "rest", "track", "", "ada@example.com", clock.instant(), new byte[] {'{', '}'});
        write(List.of(DeadLetterRecord.of(
                topics.deadOf(0), new DeadLetter(pending, "rejected", "400", "", 0, clock.instant()))));

        // when
        spool = fixture.open(1, clock);

        // then
        assertEquals(List.of(), spool.deadLetters().find(Search.ALL));
        assertEquals(List.of("1"), settle(DELIVERED));
        assertEquals(0, count("dead"));
    }

    @Test
    void theForgottenMarkOfASettledEventIsDeleted() throws Exception {
        // given
        append("1");
        settle(DELIVERED);
        spool.close();
        write(List.of(
                DeadLetterRecord.mark(topics.deadOf(0), DeadLetterRecord.Kind.FORGOTTEN, true, topics.seq(0, 0))));

        // when
        spool = fixture.open(1, clock);

        // then
        Event settled = new Event(topics.seq(0, 0), "1", "rest", "track", "", "a", clock.instant(), new byte[0]);
        assertFalse(spool.isForgotten(settled));
    }
}
