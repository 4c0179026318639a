package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A traced event keeps its {@code traceparent} until it is settled. Its payload stays as it was received. */
abstract class TraceContract extends DeadLettersFixture {

    private static final String TRACED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    TraceContract(Engine engine) {
        super(engine);
    }

    @Test
    void aTracedEventIsHandedOutWithItsTraceAndTheOthersWithoutOne() {
        // given
        open(1);

        // when
        append(event("a", "1"), event("b", "2").withTraceparent(TRACED), event("c", "3"));

        // then
        List<Event> taken = events(take());
        assertEquals(
                Stream.of(null, TRACED, null).toList(),
                taken.stream().map(Event::traceparent).toList());
        assertEquals(
                List.of("{\"messageId\":\"1\"}", "{\"messageId\":\"2\"}", "{\"messageId\":\"3\"}"),
                taken.stream().map(event -> new String(event.raw())).toList());
    }

    @Test
    void theTraceOutlastsARetryAndReopening() {
        // given
        open(1);
        append(event("a", "1").withTraceparent(TRACED), event("b", "2"));
        settle(take(), retryIn(Duration.ofMinutes(1)), "1");

        // when
        reopen(1);
        clock.advance(Duration.ofMinutes(1));

        // then
        assertEquals(
                Stream.of(TRACED, null).toList(),
                events(take()).stream().map(Event::traceparent).toList());
    }

    @Test
    void aReplayedEventBeginsWithoutATrace() {
        // given
        open(1);
        append(event("a", "1").withTraceparent(TRACED));
        settle(take(), REJECTED, "1");
        spool.release(0);

        // when
        clock.advance(Duration.ofSeconds(1));
        spool.deadLetters().replay(Search.ALL).toCompletableFuture().join();

        // then
        assertNull(events(take()).get(0).traceparent());
    }
}
