package dev.listrakrelay.admin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.HoldLimits;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.TestClock;
import dev.listrakrelay.spool.sqlite.SqliteSpool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The books of a day count each event once, and say how many events are no longer kept. */
class DayBooksTest {

    private static final Settlement DELIVERED = new Settlement.Delivered();
    private static final Settlement NO_RULE = new Settlement.Dropped("no_rule");
    private static final LocalDate TODAY = LocalDate.parse("2025-11-21");
    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private final TestClock clock = new TestClock();
    private Spool spool;
    private int ids;

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    void everyEventIsCountedByNameAndOutcome() {
        // given
        open(Duration.ofHours(24), 200_000);
        append("Order Completed", 3);
        append("Product Added", 2);
        append("", 1);
        settle(event -> switch (event.name()) {
            case "Order Completed" ->
                event.messageId().equals("m0") ? new Settlement.Dead("rejected", "400") : DELIVERED;
            case "Product Added" -> NO_RULE;
            default -> new Settlement.Forwarded("listrak-eu");
        });
        append("Order Completed", 4);

        // when
        JsonNode books = books(TODAY);

        // then
        assertEquals(
                "[{\"spool\":\"events\",\"name\":\"\",\"accepted\":1,\"delivered\":0,\"forwarded\":1,\"dropped\":{},"
                        + "\"dead\":{},\"pending\":0,\"unknown\":0},"
                        + "{\"spool\":\"events\",\"name\":\"Order Completed\",\"accepted\":7,\"delivered\":2,\"forwarded\":0,"
                        + "\"dropped\":{},\"dead\":{\"rejected\":1},\"pending\":4,\"unknown\":0},"
                        + "{\"spool\":\"events\",\"name\":\"Product Added\",\"accepted\":2,\"delivered\":0,\"forwarded\":0,"
                        + "\"dropped\":{\"no_rule\":2},\"dead\":{},\"pending\":0,\"unknown\":0}]",
                books.path("rows").toString());
        assertEquals(
                "[{\"name\":\"events\",\"accepted\":10,\"complete\":true}]",
                books.path("spools").toString());
        assertTrue(books.path("complete").asBoolean());
    }

    @Test
    void aReplayedEventCountsOnceOnTheDayItWasAccepted() {
        // given
        open(Duration.ofHours(72), 200_000);
        append("Order Completed", 2);
        settle(event -> event.messageId().equals("m0") ? new Settlement.Dead("rejected", "400") : NO_RULE);
        clock.advance(Duration.ofHours(24));
        spool.deadLetters().replay(Search.ALL).toCompletableFuture().join();
        spool.deadLetters().replayDropped(List.of(2L)).toCompletableFuture().join();
        settle(event -> DELIVERED);

        // when
        JsonNode yesterday = books(TODAY);
        JsonNode today = books(TODAY.plusDays(1));

        // then
        assertEquals(2, yesterday.path("rows").path(0).path("delivered").asInt());
        assertEquals(2, yesterday.path("rows").path(0).path("accepted").asInt());
        assertTrue(yesterday.path("complete").asBoolean());
        assertEquals(0, today.path("rows").size());
    }

    @Test
    void aHeldEventIsPendingAndCountsOnceAfterItsRelease() {
        // given
        open(new SpoolLimits(Duration.ofDays(30), Duration.ofHours(24), 200_000)
                .withIdentities(Duration.ofDays(1))
                .withHold(new HoldLimits(Duration.ofHours(1), 10, event -> true)));
        append(ofUser("m1", null));
        JsonNode held = books(TODAY);

        // when
        append(ofUser("m2", "ada@example.com"));
        settle(event -> DELIVERED);

        // then
        assertEquals(1, held.path("rows").path(0).path("pending").asInt());
        JsonNode released = books(TODAY);
        assertEquals(2, released.path("rows").path(0).path("accepted").asInt());
        assertEquals(2, released.path("rows").path(0).path("delivered").asInt());
        assertTrue(released.path("complete").asBoolean());
    }

    private Event ofUser(String id, String email) {
        return new Event(
                0,
                id,
                "rest",
                "track",
                "Order Completed",
                email == null ? "u" : email,
                Identity.told("u", null, email),
                clock.instant(),
                clock.instant(),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anIncompleteDaySaysHowManyEventsAreMissingAndSinceWhenAllAreKept() {
        // given
        open(Duration.ofHours(24), 100);
        for (int i = 0; i < 30; i++) {
            append("Order Completed", 10);
            settle(event -> DELIVERED);
            clock.advance(Duration.ofMinutes(2));
        }
        await().atMost(BOUND).until(() -> kept() <= 110);
        long kept = kept();

        // when
        JsonNode books = books(TODAY);

        // then
        JsonNode events = books.path("spools").path(0);
        assertEquals(false, books.path("complete").asBoolean());
        assertEquals(kept, books.path("rows").path(0).path("accepted").asLong());
        assertEquals(kept, books.path("rows").path(0).path("delivered").asLong());
        assertEquals(300 - kept, events.path("notKept").asLong());
        assertTrue(events.path("why").asText().contains("spool.history-events"), events.toString());
        assertTrue(
                events.path("keptSince").asText().startsWith("2025-11-21T10:"),
                events.path("keptSince").asText());
    }

    @Test
    void anOlderDayDoesNotSayHowManyEventsAreMissing() {
        // given
        open(Duration.ofHours(1), 200_000);
        append("Order Completed", 5);
        settle(event -> DELIVERED);
        clock.advance(Duration.ofDays(2));
        await().atMost(BOUND).until(() -> kept() == 0);

        // when
        JsonNode books = books(TODAY);

        // then
        assertEquals(false, books.path("complete").asBoolean());
        assertTrue(books.path("spools").path(0).path("notKept").isMissingNode());
    }

    @Test
    void aDayWithoutEventsIsComplete() {
        // given
        open(Duration.ofHours(24), 200_000);

        // when
        JsonNode empty = books(TODAY);
        append("Order Completed", 1);
        JsonNode before = books(TODAY.minusDays(1));

        // then
        assertTrue(empty.path("complete").asBoolean());
        assertTrue(before.path("complete").asBoolean());
    }

    @Test
    void csvAndTextContainTheSame() {
        // given
        open(Duration.ofHours(24), 200_000);
        append("=SUM(\"a\",1)", 2);
        settle(event -> NO_RULE);

        // when
        DayBooks books = new DayBooks(TODAY, clock.instant()).add("events", spool);

        // then
        assertEquals(
                """
                spool,name,outcome,reason,events\r
                events,"'=SUM(""a"",1)",accepted,,2\r
                events,"'=SUM(""a"",1)",dropped,no_rule,2\r
                """,
                BookText.csv(books));
        String text = BookText.text(books);
        assertTrue(text.startsWith("Books of 2025-11-21 (UTC)\n"), text);
        assertTrue(text.contains("  dropped    no_rule                         2\n"), text);
        assertTrue(text.endsWith("events: 2 events accepted, and all of the day are kept"), text);
    }

    private void open(Duration history, int historyEvents) {
        open(new SpoolLimits(Duration.ofDays(30), history, historyEvents));
    }

    private void open(SpoolLimits limits) {
        spool = new SqliteSpool(dir, "events", 1, clock, limits);
    }

    private void append(Event event) {
        spool.append(List.of(event)).toCompletableFuture().join();
    }

    private void append(String name, int many) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            String id = "m" + ids++;
            events.add(new Event(
                    0, id, "rest", "track", name, id, clock.instant(), "{}".getBytes(StandardCharsets.UTF_8)));
        }
        spool.append(events).toCompletableFuture().join();
    }

    private void settle(Function<Event, Settlement> how) {
        try {
            Optional<Batch> next = spool.take(0, 1_000, Duration.ZERO, Duration.ZERO);
            while (next.isPresent()) {
                Batch batch = next.get();
                batch.forEach(event -> batch.mark(event, how.apply(event)));
                batch.commit();
                spool.release(0);
                next = spool.take(0, 1_000, Duration.ZERO, Duration.ZERO);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private long kept() {
        long[] count = {0};
        spool.history().skim(Search.ALL, traced -> ++count[0] > 0);
        return count[0];
    }

    private JsonNode books(LocalDate day) {
        return new DayBooks(day, clock.instant()).add("events", spool).json();
    }
}
