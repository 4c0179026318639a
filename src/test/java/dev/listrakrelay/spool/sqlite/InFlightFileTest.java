package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.AmbiguousEvent;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * After a kill, the start lists exactly the events that were under way. After a power cut, it lists all events that can
 * have been.
 */
class InFlightFileTest extends SqliteFixture {

    private static final Duration DAY = Duration.ofDays(1);

    @BeforeEach
    void keepHistory() {
        retention = new SpoolLimits(Duration.ofDays(30), DAY, 1_000);
    }

    /** Continues with a copy of the folder, as a kill of the process leaves it. */
    private void killAndOpen(int lanes) throws IOException {
        openCopy(lanes, false);
    }

    /** Continues with a copy of the folder on a machine that was started again. */
    private void cutPowerAndOpen(int lanes) throws IOException {
        openCopy(lanes, true);
    }

    private void openCopy(int lanes, boolean isPowerCut) throws IOException {
        Path copy = Files.createDirectory(dir.resolve("copy"));
        for (String file : List.of("events.db", "events.db-wal", "events.in-flight")) {
            Files.copy(dir.resolve(file), copy.resolve(file));
        }
        if (isPowerCut) {
            byte[] bytes = Files.readAllBytes(copy.resolve("events.in-flight"));
            bytes[20] ^= 1; // of the boot id
            Files.write(copy.resolve("events.in-flight"), bytes);
        }
        spool.close();
        spool = new SqliteSpool(copy, "events", lanes, clock, retention);
    }

    private static List<Event> events(Batch batch) {
        return StreamSupport.stream(batch.spliterator(), false).toList();
    }

    private Set<String> listed(String cause) {
        Set<String> ids = new TreeSet<>();
        for (AmbiguousEvent entry : spool.ambiguous().find(Search.ALL)) {
            assertEquals(cause, entry.cause());
            ids.add(entry.event().messageId());
        }
        return ids;
    }

    private Batch take(int lane, int max) throws InterruptedException {
        return spool.take(lane, max, Duration.ZERO, Duration.ZERO).orElseThrow();
    }

    @Test
    void aKillListsTheRequestUnderWayAndNothingElse() throws Exception {
        // given
        open(1);
        append("1", "2", "3", "4", "5");
        Batch batch = take(0, 4);
        List<Event> events = events(batch);
        batch.sending(events.subList(0, 2), clock.instant());
        batch.mark(events.get(0), new Settlement.Delivered());
        batch.mark(events.get(1), new Settlement.Delivered());
        batch.commit();
        Instant sentAt = clock.instant();
        batch.sending(events.subList(2, 4), sentAt);
        clock.advance(Duration.ofMinutes(1));

        // when
        killAndOpen(2);

        // then
        assertEquals(Set.of("3", "4"), listed("kill"));
        assertTrue(spool.mayHaveBeenSent(events.get(2)));
        assertFalse(spool.mayHaveBeenSent(events.get(1)));
        AmbiguousEvent entry = spool.ambiguous().find(Search.ALL).get(0);
        assertEquals(sentAt, entry.sentAt());
        assertEquals("listrak", entry.destination());
        assertEquals("pending", entry.outcome());
        assertEquals(1, entry.sendings());
        assertEquals(
                "attempted",
                spool.history()
                        .get(entry.event().seq())
                        .orElseThrow()
                        .steps()
                        .get(1)
                        .outcome());
    }

    @Test
    void aKillBetweenTwoRequestsListsNothing() throws Exception {
        // given
        open(1);
        append("1", "2");
        Batch batch = take();
        List<Event> events = events(batch);
        batch.sending(events.subList(0, 1), clock.instant());
        batch.mark(events.get(0), new Settlement.Retry(clock.instant(), "429"));
        batch.commit();
        batch.sending(events, clock.instant());
        batch.sent(new SentRequest(clock.instant(), "listrak", 503, 9, 9, false, "busy", List.of(1L, 2L)));

        // when
        killAndOpen(1);

        // then
        assertEquals(Set.of(), listed("kill"));
    }

    @Test
    void aDeliveryThatIsOnDiskIsNotListedAlthoughItsNoteIsStillThere() throws Exception {
        // given
        open(1);
        append("1", "2");
        Batch batch = take();
        events(batch).forEach(event -> batch.mark(event, new Settlement.Delivered()));
        batch.commit();
        batch.sending(events(batch), clock.instant());

        // when
        killAndOpen(1);

        // then
        assertEquals(Set.of(), listed("kill"));
    }

    @Test
    void aRequestWithMoreEventsThanANoteHasSpaceForIsListedWhole() throws Exception {
        // given
        open(1);
        String[] ids = IntStream.range(0, InFlightNote.MOST + 100)
                .mapToObj(i -> "m" + i)
                .toArray(String[]::new);
        append(ids);
        Batch batch = take();
        batch.sending(events(batch), clock.instant());

        // when
        killAndOpen(1);

        // then
        assertEquals(new TreeSet<>(List.of(ids)), listed("kill"));
    }

    @Test
    void aStopInGoodOrderListsNothingAndARequestThatItCutsOffIsListed() throws Exception {
        // given
        open(1);
        append("1");
        Batch batch = take();
        batch.sending(events(batch), clock.instant());
        batch.sent(new SentRequest(clock.instant(), "listrak", 503, 9, 9, false, "busy", List.of(1L)));
        open(1);
        assertEquals(Set.of(), listed("kill"));
        Batch cutOff = take();
        cutOff.sending(events(cutOff), clock.instant());

        // when
        open(1);

        // then
        assertEquals(Set.of("1"), listed("kill"));
        open(1);
        assertEquals(1, spool.ambiguous().find(Search.ALL).get(0).sendings(), "the next start counts nothing again");
    }

    @Test
    void aPowerCutListsTheNextBatchOfEachLaneAndWhatIsOpen() throws Exception {
        // given
        open(1);
        append("open", "done", "3", "4", "5", "6");
        Batch first = take(0, 2);
        mark(first, "open", new Settlement.Retry(clock.instant().plus(DAY), "429"));
        mark(first, "done", new Settlement.Delivered());
        first.commit();
        spool.release(0);
        Batch second = take(0, 3);
        assertEquals(3, second.size());

        // when
        cutPowerAndOpen(1);

        // then
        assertEquals(Set.of("open", "3", "4", "5"), listed("power cut"));
        assertEquals(clock.instant(), spool.ambiguous().find(Search.ALL).get(0).sentAt());
    }

    @Test
    void aPowerCutListsByTheLanesThatThereWereWhenTheNextStartHasAnotherNumberOfLanes() throws Exception {
        // given
        open(2);
        append("1", "2", "3", "4", "5", "6", "7", "8");
        Set<String> next = new TreeSet<>();
        for (int lane = 0; lane < 2; lane++) {
            events(take(lane, 1)).forEach(event -> next.add(event.messageId()));
        }

        // when
        cutPowerAndOpen(1);

        // then
        assertEquals(2, next.size());
        assertEquals(next, listed("power cut"));
    }

    @Test
    void anEventOfWhichAPartWasAcceptedIsListedAfterARestart() throws Exception {
        // given
        open(1);
        append("split", "other");
        Batch batch = take();
        Instant sentAt = clock.instant();
        batch.sent(new SentRequest(sentAt, "listrak", 200, 9, 9, false, "", List.of(1L)));
        mark(batch, "other", new Settlement.Delivered());
        batch.commit();

        // when
        open(1);
        open(1);

        // then
        assertEquals(Set.of("split"), listed("restart"));
        AmbiguousEvent entry = spool.ambiguous().find(Search.ALL).get(0);
        assertEquals(sentAt, entry.sentAt());
        assertEquals(1, entry.sendings());
    }

    @Test
    void aReplayOfADeadLetterIsTheSecondSending() throws Exception {
        // given
        open(1);
        append("1");
        Batch batch = take();
        batch.sent(new SentRequest(clock.instant(), "listrak", 0, 9, 9, true, "time-out", List.of(1L)));
        mark(batch, "1", new Settlement.Dead("expired", ""));
        batch.commit();
        spool.release(0);

        // when
        spool.deadLetters().replay(Search.ALL).toCompletableFuture().join();
        Batch again = take();
        long seq = events(again).get(0).seq();
        again.sent(new SentRequest(clock.instant(), "listrak", 200, 9, 9, false, "", List.of(seq)));
        mark(again, "1", new Settlement.Delivered());
        again.commit();

        // then
        AmbiguousEvent entry = spool.ambiguous().get(seq).orElseThrow();
        assertEquals(2, entry.sendings());
        assertEquals("delivered", entry.outcome());
        assertEquals(1, spool.ambiguous().count());
    }

    @Test
    void anEntryIsKeptLongerThanItsEventAndForgottenLikeADeadLetter() throws Exception {
        // given
        retention = new SpoolLimits(Duration.ofDays(30), Duration.ZERO, 0);
        open(1);
        append("1");
        Batch batch = take();
        batch.sent(new SentRequest(clock.instant(), "listrak", 0, 9, 9, true, "time-out", List.of(1L)));
        mark(batch, "1", new Settlement.Delivered());
        batch.commit();
        spool.release(0);
        clock.advance(ROUND);
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM block") == 0);
        assertEquals(Set.of("1"), listed("time-out"));

        // when
        clock.advance(Duration.ofDays(30));

        // then
        await().atMost(BOUND).until(() -> spool.ambiguous().count() == 0);
    }

    @Test
    void aFileOfAnotherFormatIsBegunAnewAndNothingIsListed() throws Exception {
        // given
        open(1);
        append("1");
        spool.close();
        Files.write(dir.resolve("events.in-flight"), "something else".getBytes(StandardCharsets.UTF_8));

        // when
        open(1);

        // then
        assertEquals(Set.of(), listed("kill"));
    }

    @Test
    void ifNothingCanBeNotedTheRequestMustNotBeSent() {
        // given
        open(1);
        append("1");
        Batch batch = take();
        spool.close();

        // when, then
        assertThrows(SpoolUnavailable.class, () -> batch.sending(events(batch), clock.instant()));
        spool = null;
    }
}
