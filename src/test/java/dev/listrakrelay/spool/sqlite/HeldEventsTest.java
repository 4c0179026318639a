package dev.listrakrelay.spool.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Drain;
import dev.listrakrelay.spool.ErasureCounts;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.HeldCounts;
import dev.listrakrelay.spool.HoldLimits;
import dev.listrakrelay.spool.Identity;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.TracedEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event that only lacks an e-mail is held until an event tells one, and is delivered before that event. */
class HeldEventsTest extends SqliteFixture {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofHours(24);
    private static final String ADA = "ada@example.com";
    private static final String BEN = "ben@example.com";

    @BeforeEach
    void holdForTenMinutes() {
        hold(TEN_MINUTES, 1_000);
        open(4);
    }

    private void hold(Duration time, int atMost) {
        retention = new SpoolLimits(Duration.ofDays(30), DAY, 200_000)
                .withIdentities(Duration.ofDays(365))
                .withHold(new HoldLimits(time, atMost, event -> !event.name().equals("Unwanted")));
    }

    @Test
    void heldEventsAreDeliveredInOrderWithTheEmailBeforeTheEventThatToldIt() {
        // given
        append(event("1", "u", null, null), event("2", "other", null, null));
        append(event("3", "u", "browser", null));
        append(event("4", null, null, ADA));
        assertEquals(List.of("4"), ids(deliver()));
        assertEquals(3, spool.pending());

        // when
        append(event("5", "u", null, ADA), event("6", "u", null, null));

        // then
        List<Event> delivered = deliver();
        assertEquals(List.of("1", "3", "5", "6"), ids(delivered));
        assertTrue(delivered.stream().allMatch(event -> event.contact().equals(ADA)));
        assertEquals(
                List.of(true, true, false, true),
                delivered.stream().map(event -> event.identity().isLearned()).toList());
        assertEquals(new HeldCounts(1, 0), spool.held());
        assertEquals(1, spool.pending());
        assertSum(6);
    }

    @Test
    void anEventIsHeldAndReleasedWithinOneRequest() {
        // when
        append(event("1", "u", null, null), event("2", null, "b", null), event("3", "u", "b", ADA));

        // then
        assertEquals(List.of("1", "2", "3"), ids(deliver()));
        assertEquals(0, spool.pending());
        assertSum(3);
    }

    @Test
    void peopleWhoShareABrowserAreNotTakenForEachOther() {
        // given
        append(event("1", "ben", "shared", null), event("2", null, "shared", null), event("3", "ada", "shared", null));

        // when
        append(event("4", "ada", "shared", ADA));

        // then
        assertEquals(List.of("2", "3", "4"), ids(deliver()));
        append(event("5", "ben", null, BEN));
        List<Event> ofBen = deliver();
        assertEquals(List.of("1", "5"), ids(ofBen));
        assertEquals(BEN, ofBen.get(0).contact());
    }

    @Test
    void onlyAnEventThatTeachesAnEmailEndsAHold() {
        // given
        append(event("1", "u", null, null));

        // when an alias tells an e-mail and no id of its own
        append(event("2", null, null, ADA), event("3", "u", null, null));

        // then
        assertEquals(List.of("2"), ids(deliver()));
        assertEquals(2, spool.held().events());
    }

    @Test
    void withoutAnEmailTheyGoOnAsTheyAreWhenTheirTimeIsOver() {
        // given
        append(event("1", "u", null, null));
        clock.advance(Duration.ofMinutes(6));
        append(event("2", "u", null, null));
        assertEquals(List.of(), deliver());

        // when
        clock.advance(Duration.ofMinutes(5));
        await().atMost(BOUND).until(() -> spool.held().events() == 1);
        List<Event> first = drop("no_email");
        clock.advance(Duration.ofMinutes(5));
        await().atMost(BOUND).until(() -> spool.held().events() == 0);
        List<Event> second = drop("no_email");

        // then
        assertEquals(List.of("1"), ids(first));
        assertEquals("u", first.get(0).contact());
        assertEquals(List.of("2"), ids(second));
        assertEquals(0, spool.pending());
        assertSum(2);
    }

    @Test
    void manyWhoseTimeIsOverGoOnInOrder() {
        // given
        hold(TEN_MINUTES, 100_000);
        open(1);
        List<String> ids = appendMany(3_000);

        // when
        clock.advance(TEN_MINUTES);
        List<String> released = new ArrayList<>();
        await().atMost(BOUND).until(() -> {
            released.addAll(ids(deliver()));
            return released.size() >= ids.size();
        });

        // then
        assertEquals(ids, released);
        assertSum(3_000);
    }

    @Test
    void ifTheClockIsSetBackNoEventIsHeldForLonger() {
        // given
        append(event("1", "u", null, null));

        // when
        clock.advance(DAY.negated());

        // then
        await().atMost(BOUND).until(() -> spool.held().events() == 0);
        assertEquals(List.of("1"), ids(deliver()));
    }

    @Test
    void heldEventsSurviveARestartAndAnotherNumberOfLanes() {
        // given
        append(event("1", "u", null, null), event("2", "later", null, null), event("3", null, null, BEN));

        // when
        open(3);

        // then
        assertEquals(new HeldCounts(2, 0), spool.held());
        assertEquals(3, spool.pending());
        append(event("4", "u", null, ADA));
        assertEquals(List.of("1", "3", "4"), ids(deliver()).stream().sorted().toList());
        open(5);
        append(event("5", "later", null, ADA), event("6", "new", null, null));
        assertEquals(List.of("2", "5"), ids(deliver()));
        assertEquals(new HeldCounts(1, 0), spool.held());
        open(5);
        assertEquals(List.of(), deliver());
        assertEquals(1, spool.pending());
        assertSum(6);
    }

    @Test
    void aStartWithoutHoldReleasesAllHeldEvents() {
        // given
        appendMany(700);

        // when
        hold(Duration.ZERO, 1);
        open(4);
        append(event("later", "other", null, null));

        // then
        await().atMost(BOUND).until(() -> spool.held().events() == 0);
        assertEquals(701, deliver().size());
        assertEquals(0, spool.pending());
        assertSum(701);
    }

    @Test
    void anOlderReleaseTakesHeldEventsAsOrdinaryOnes() throws Exception {
        // given a file that an older release has opened: it knows no lane of held events, and spreads what is open
        append(event("1", "u", null, null));
        close();
        execute(
                "UPDATE open SET lane = 0",
                "UPDATE block SET lane = -1",
                "DELETE FROM lane WHERE lane = -2",
                "UPDATE lane SET head = 1 WHERE lane = -1");

        // when
        open(4);
        clock.advance(TEN_MINUTES);

        // then
        assertEquals(new HeldCounts(0, 0), spool.held());
        assertEquals(List.of("1"), ids(deliver()));
        assertSum(1);
    }

    @Test
    void whenTooManyAreHeldOthersGoOnAtOnceAndAreCounted() {
        // given
        hold(TEN_MINUTES, 2);
        open(1);
        append(event("1", "u", null, null), event("2", "u", null, null), event("3", "u", null, null));

        // when
        append(event("4", "u", null, null));

        // then
        assertEquals(List.of("3", "4"), ids(drop("no_email")));
        assertEquals(new HeldCounts(2, 2), spool.held());
        append(event("5", "u", null, ADA), event("6", "other", null, null));
        assertEquals(List.of("1", "2", "5"), ids(deliver()));
        assertEquals(new HeldCounts(1, 2), spool.held());
        assertSum(6);
    }

    @Test
    void eventsThatAreNotWorthItAreNotHeld() {
        // when
        append(
                event("1", null, null, null),
                named("2", "Unwanted"),
                event("3", "u".repeat(301), null, null),
                event("4", "u", null, ADA),
                event("5", "u", null, null));

        // then
        assertEquals(0, spool.held().events());
        assertEquals(5, deliver().size());
    }

    @Test
    void aDuplicateOfAHeldOrReleasedEventIsNotStoredAlsoAfterARestart() {
        // given
        append(event("1", "u", null, null), event("2", "u", null, null));
        open(4);

        // when
        int again = append(event("1", "u", null, null));
        append(event("3", "u", null, ADA));
        open(4);
        int afterRelease = append(event("1", "u", null, null), event("2", "u", null, null));
        clock.advance(ROUND);
        append(event("4", null, null, BEN));
        open(4);
        int afterAFlush = append(event("2", "u", null, null));

        // then
        assertEquals(List.of(0, 0, 0), List.of(again, afterRelease, afterAFlush));
        assertEquals(
                List.of("1", "2", "3", "4"), ids(deliver()).stream().sorted().toList());
        assertSum(4);
        Instant now = clock.instant();
        assertEquals(
                4, spool.history().accepted(now.minus(DAY), now.plusMillis(1)).orElseThrow());
    }

    @Test
    void theHistorySaysUntilWhenAnEventIsHeldAndWhatFollowed() {
        // given
        append(event("1", "u", null, null));
        Instant until = clock.instant().plus(TEN_MINUTES);
        TracedEvent held = only(Search.ALL);

        // when
        clock.advance(Duration.ofMinutes(2));
        append(event("2", "u", null, ADA));
        deliver();

        // then
        assertTrue(held.waiting().orElseThrow().isHeld());
        assertEquals(until, held.waiting().orElseThrow().due());
        assertEquals("held", held.steps().get(0).outcome());
        assertEquals(
                "until " + until + ", because no e-mail is known for it",
                held.steps().get(0).reason());
        assertEquals(List.of("accepted", "held", "released as 2"), steps(1));
        assertEquals(List.of("accepted", "accepted held as 1", "delivered"), steps(2));
        TracedEvent moved = spool.history().get(2).orElseThrow();
        assertEquals(ADA, moved.event().contact());
        assertEquals(until.minus(TEN_MINUTES), moved.event().receivedAt());
        assertEquals(clock.instant(), moved.event().pendingSince());
        assertEquals(
                List.of(3L, 2L),
                spool.history().find(Search.ALL.with(Search.Field.CONTACT, ADA)).stream()
                        .map(found -> found.event().seq())
                        .toList());
    }

    private List<String> steps(long seq) {
        return spool.history().get(seq).orElseThrow().steps().stream()
                .map(step -> isLong(step) ? step.outcome() : (step.outcome() + " " + step.reason()).strip())
                .toList();
    }

    private static boolean isLong(EventStep step) {
        return step.outcome().equals("held");
    }

    private TracedEvent only(Search search) {
        List<TracedEvent> found = spool.history().find(search);
        assertEquals(1, found.size());
        return found.get(0);
    }

    @Test
    void aHeldEventIsNotTheOldestThatWaitsForDelivery() {
        // given
        append(event("1", "u", null, null));
        assertEquals(Optional.empty(), spool.oldestPending());

        // when
        clock.advance(Duration.ofMinutes(5));
        append(event("2", "u", null, ADA));

        // then
        assertEquals(Optional.of(clock.instant()), spool.oldestPending());
    }

    @Test
    void aHeldEventIsNotDeletedForItsAge() {
        // given
        retention = new SpoolLimits(Duration.ofDays(30), DAY, 10)
                .withIdentities(Duration.ofDays(365))
                .withHold(new HoldLimits(TEN_MINUTES, 1_000, any -> true));
        open(1);
        append(event("1", "u", null, null));
        for (int i = 0; i < 20; i++) {
            String request = "x" + i;
            append(IntStream.range(0, 25)
                    .mapToObj(j -> event(request + "/" + j, null, null, BEN))
                    .toArray(Event[]::new));
        }
        deliver();
        clock.advance(ROUND);
        await().atMost(BOUND).until(() -> number("SELECT count(*) FROM event") < 200);

        // when
        append(event("2", "u", null, ADA));

        // then
        assertEquals(List.of("1", "2"), ids(deliver()));
        assertSum(502);
    }

    @Test
    void aForgottenContactIsRemovedFromHeldEventsToo() throws Exception {
        // given an event of an unknown user that mentions the contact, and one that doesn't
        append(
                new Event(
                        0,
                        "gift",
                        "rest",
                        "track",
                        "Order",
                        "secret-id",
                        Identity.told("secret-id", null, null),
                        clock.instant(),
                        clock.instant(),
                        ("{\"gift\":\"" + ADA + "\"}").getBytes(StandardCharsets.UTF_8)),
                event("2", "u", null, null));

        // when
        ErasureCounts forgotten = spool.forget(ADA);

        // then
        assertEquals(1, forgotten.pending());
        close();
        String bytes = Files.readString(dir.resolve("events.db"), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(ADA) || bytes.contains("secret-id"));
        open(4);
        append(event("3", "secret-id", null, BEN));
        assertEquals(List.of("3"), ids(deliver()));
        clock.advance(TEN_MINUTES);
        await().atMost(BOUND).until(() -> spool.held().events() == 0);
        assertEquals(List.of("2"), ids(deliver()));
        assertEquals(1, count("dropped"));
        assertEquals(0, spool.pending());
        assertSum(3);
    }

    @Test
    void afterAContactIsForgottenNothingIsLeftOfItsReleasedEvents() throws Exception {
        // given
        append(event("1", "secret-id", null, null));
        append(event("2", "secret-id", null, ADA));

        // when
        spool.forget(ADA);

        // then
        close();
        String bytes = Files.readString(dir.resolve("events.db"), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(ADA) || bytes.contains("secret-id"));
        open(4);
        assertEquals(List.of(), deliver());
        assertEquals(0, spool.pending());
    }

    @Test
    void aDrainMovesHeldEvents() throws Exception {
        // given
        append(event("1", "u", null, null), event("2", "v", null, null), event("3", null, null, BEN));
        close();
        retention = new SpoolLimits(Duration.ofDays(30), DAY, 200_000).withIdentities(Duration.ofDays(365));
        var to = new SqliteSpool(Files.createDirectories(dir.resolve("to")), "events", 1, clock, retention);

        // when
        try (var from = new SqliteSpool(dir, "events", 4, Drain.clock(clock), retention.forever())) {
            Drain.Moved moved = new Drain(from, to, "kafka").all(events -> {});

            // then
            assertEquals(new Drain.Moved(3, 0), moved);
            assertEquals(3, to.pending());
        } finally {
            to.close();
        }
    }

    @Test
    void whatIsReleasedWaitsBehindWhatItsContactHasInALane() {
        // given
        open(1);
        append(event("1", null, null, ADA));
        append(event("2", "u", null, null));
        append(event("3", null, null, ADA));

        // when
        append(event("4", "u", null, ADA));

        // then
        assertEquals(List.of("1", "3", "2", "4"), ids(deliver()));
    }

    private List<String> appendMany(int many) {
        List<String> ids = IntStream.range(0, many).mapToObj(i -> "e" + i).toList();
        append(ids.stream().map(id -> event(id, "u", null, null)).toArray(Event[]::new));
        return ids;
    }

    private int append(Event... events) {
        return spool.append(List.of(events)).toCompletableFuture().join();
    }

    private Event named(String id, String name) {
        return event(id, name, "u", null, null);
    }

    private Event event(String id, String userId, String anonymousId, String email) {
        return event(id, "Order Completed", userId, anonymousId, email);
    }

    private Event event(String id, String name, String userId, String anonymousId, String email) {
        String contact = email != null ? email : userId != null ? userId : anonymousId != null ? anonymousId : id;
        return new Event(
                0,
                id,
                "rest",
                "track",
                name,
                contact,
                Identity.told(userId, anonymousId, email),
                clock.instant(),
                clock.instant(),
                ("{\"messageId\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(Event::messageId).toList();
    }

    /** Drops all due events for a reason. Returns them. */
    private List<Event> drop(String reason) {
        List<Event> dropped = new ArrayList<>();
        for (int lane = 0; lane < spool.lanes(); lane++) {
            for (Optional<Batch> next = take(lane); next.isPresent(); next = take(lane)) {
                Batch batch = next.get();
                batch.forEach(event -> {
                    dropped.add(event);
                    batch.mark(event, new Settlement.Dropped(reason));
                });
                batch.commit();
                spool.release(lane);
            }
        }
        return dropped;
    }

    private long count(String outcome) {
        return spool.tally().entrySet().stream()
                .filter(line -> line.getKey().name().equals(outcome))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void assertSum(long accepted) {
        assertEquals(accepted, count("accepted"));
        assertEquals(
                accepted,
                count("delivered") + count("dropped") + count("dead") + spool.pending(),
                "the sum of " + spool.tally());
    }
}
