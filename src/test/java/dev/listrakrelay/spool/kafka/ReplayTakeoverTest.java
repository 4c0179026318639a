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

/** Wherever the writes of a process end, the next one that has its lane makes good what is missing, and nothing twice. */
class ReplayTakeoverTest extends KafkaTest {

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

    /** What the process wrote last, before it died. */
    private void write(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        try (Producer<byte[], byte[]> producer = new Clients(fixture.config()).producer(0, "none")) {
            for (ProducerRecord<byte[], byte[]> written : records) {
                producer.send(written).get();
            }
        }
    }

    private long count(String outcome) {
        return spool.tally().getOrDefault(new Spool.Outcome(outcome, "rejected"), 0L);
    }

    @Test
    void anEventThatWasReplayedButIsALetterStillIsNotReplayedAgain() throws Exception {
        // given
        append("1", "2", "3");
        settle(REJECTED);
        List<DeadLetter> letters = new ArrayList<>(spool.deadLetters().find(Search.ALL));
        Collections.reverse(letters);
        spool.close();
        List<ProducerRecord<byte[], byte[]>> last = new ArrayList<>();
        letters.forEach(letter -> last.add(LetterRecord.mark(
                topics.deadOf(0), LetterKey.Kind.WAITING, letter.event().seq())));
        Event first = letters.get(0).event();
        last.add(EventRecord.replay(first, first.seq(), topics.events(), 0, clock.millis()));
        write(last);

        // when
        spool = fixture.open(1, clock);

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
    void aLetterWhoseEventIsPendingStillIsTakenBack() throws Exception {
        // given
        append("1");
        spool.close();
        Event pending = new Event(
                topics.seq(0, 0), "1", "rest", "track", "", "ada@example.com", clock.instant(), new byte[] {'{', '}'});
        write(List.of(
                LetterRecord.of(topics.deadOf(0), new DeadLetter(pending, "rejected", "400", "", 0, clock.instant()))));

        // when
        spool = fixture.open(1, clock);

        // then
        assertEquals(List.of(), spool.deadLetters().find(Search.ALL));
        assertEquals(List.of("1"), settle(DELIVERED));
        assertEquals(0, count("dead"));
    }

    @Test
    void aMarkOfAForgottenEventThatIsSettledIsTakenBack() throws Exception {
        // given
        append("1");
        settle(DELIVERED);
        spool.close();
        write(List.of(LetterRecord.mark(topics.deadOf(0), LetterKey.Kind.FORGOTTEN, topics.seq(0, 0))));

        // when
        spool = fixture.open(1, clock);

        // then
        Event settled = new Event(topics.seq(0, 0), "1", "rest", "track", "", "a", clock.instant(), new byte[0]);
        assertFalse(spool.isForgotten(settled));
    }
}
