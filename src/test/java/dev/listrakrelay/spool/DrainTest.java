package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.listrakrelay.spool.Spool.Outcome;
import dev.listrakrelay.spool.sqlite.SqliteSpool;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A drain moves all pending events, each once and in order, wherever it is interrupted. */
@Timeout(60)
class DrainTest extends SpoolFixture {

    private static final int CONTACTS = 7;
    private static final int EVENTS = 4_000;
    private static final Outcome HANDED_ON = new Outcome("forwarded", "kafka");

    @TempDir
    Path elsewhere;

    private Spool to;

    DrainTest() {
        super(DrainTest::sqlite);
    }

    private static Spool sqlite(Path dir, int lanes, Clock clock) {
        return new SqliteSpool(
                dir, "events", lanes, clock, new SpoolLimits(Duration.ofDays(30), Duration.ofDays(1), 1_000));
    }

    @BeforeEach
    void openBoth() throws Exception {
        open(4);
        to = sqlite(Files.createDirectories(elsewhere.resolve("to")), 3, clock);
    }

    @AfterEach
    void closeOther() {
        to.close();
    }

    @Test
    void allThatIsPendingIsMovedInTheOrderOfEachContactAlsoWhatIsToBeTriedLater() throws Exception {
        // given
        appendEvents();
        Batch tried = take(0, PLENTY).orElseThrow();
        String first = ids(tried).get(0);
        settle(tried, retryIn(Duration.ofHours(1)), first);
        spool.release(0);
        spool.pause(1, Duration.ofHours(1), 1, "503").toCompletableFuture().join();

        // when
        Drain.Moved moved = drain(to);

        // then
        assertEquals(new Drain.Moved(EVENTS, 0), moved);
        assertEquals(0, spool.pending());
        assertEquals(EVENTS, spool.tally().get(HANDED_ON));
        assertEquals(inOrder(), deliveredByContact());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptionBeforeOrAfterAnEventIsStoredLosesNothingAndTheNextDrainContinues(boolean isStored)
            throws Exception {
        // given
        appendEvents();
        Spool killed = failing(isStored);

        // when
        assertThrows(SpoolUnavailable.class, () -> drain(killed));
        Drain.Moved rest = drain(to);

        // then
        assertEquals(inOrder(), deliveredByContact());
        assertEquals(isStored ? 500 : 0, rest.duplicates());
        assertEquals(EVENTS, spool.tally().get(HANDED_ON));
    }

    @Test
    void deadLettersStayButForThoseThatWaitToBeReplayedHoweverMany() throws Exception {
        // given
        String[] ids = deadLettersOfWhichAllButOneWait();

        // when
        Drain.Moved moved = drain(to);

        // then
        assertEquals(new Drain.Moved(799, 0), moved);
        assertEquals(1, spool.deadLetters().find(Search.ALL).size());
        assertEquals(Map.of("a", List.of(ids).subList(1, 800)), deliveredByContact());
    }

    @Test
    void lettersThatWaitAreWaitedForAlsoAtAMomentWhenNothingElseIsPending() throws Exception {
        // given
        String[] ids = deadLettersOfWhichAllButOneWait();

        // when
        reopenAhead();
        Drain.Moved moved = new Drain(pendingOnlyOnceNoneWaits(), to, "kafka").all(events -> {});

        // then
        assertEquals(new Drain.Moved(799, 0), moved);
        assertEquals(Map.of("a", List.of(ids).subList(1, 800)), deliveredByContact());
    }

    /** Makes 800 dead letters and replays all but the last one on their page, the one that was appended first. */
    private String[] deadLettersOfWhichAllButOneWait() throws Exception {
        String[] ids = IntStream.range(0, 800).mapToObj(String::valueOf).toArray(String[]::new);
        append("a", ids);
        int lane = laneOf("a");
        settle(take(lane, PLENTY).orElseThrow(), new Settlement.Dead("rejected", "400"), ids);
        spool.release(lane);
        List<Long> deadLetters = spool.deadLetters().find(Search.ALL).stream()
                .map(deadLetter -> deadLetter.event().seq())
                .toList();
        spool.deadLetters()
                .replay(deadLetters.subList(0, 799))
                .toCompletableFuture()
                .join();
        return ids;
    }

    /** The first spool, changed so that dead letters become events only when no other event is pending. */
    private Spool pendingOnlyOnceNoneWaits() {
        Class<?>[] types = {Spool.class};
        return (Spool) Proxy.newProxyInstance(Spool.class.getClassLoader(), types, (self, method, args) -> {
            boolean isHidden =
                    method.getName().equals("pending") && spool.deadLetters().waitingForReplay() > 0;
            return isHidden ? 0L : method.invoke(spool, args);
        });
    }

    /** Drains the first spool into this one, opened again with a clock that is ahead, as the command does. */
    private Drain.Moved drain(Spool into) throws InterruptedException {
        reopenAhead();
        return new Drain(spool, into, "kafka").all(events -> {});
    }

    private void reopenAhead() {
        spool.close();
        spool = sqlite(dir, 4, Drain.clock(clock));
    }

    private int laneOf(String contact) {
        return spool.laneStates().stream()
                .filter(lane -> lane.pending() > 0)
                .mapToInt(LaneState::lane)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing of " + contact));
    }

    private void appendEvents() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(event("contact-" + i % CONTACTS, String.valueOf(i)));
        }
        append(events.toArray(Event[]::new));
    }

    private static Map<String, List<String>> inOrder() {
        Map<String, List<String>> ids = new HashMap<>();
        for (int i = 0; i < EVENTS; i++) {
            ids.computeIfAbsent("contact-" + i % CONTACTS, contact -> new ArrayList<>())
                    .add(String.valueOf(i));
        }
        return ids;
    }

    private Map<String, List<String>> deliveredByContact() throws InterruptedException {
        Map<String, List<String>> ids = new HashMap<>();
        for (int lane = 0; lane < to.lanes(); lane++) {
            for (var next = to.take(lane, PLENTY, Duration.ZERO, Duration.ZERO);
                    next.isPresent();
                    next = to.take(lane, PLENTY, Duration.ZERO, Duration.ZERO)) {
                Batch batch = next.get();
                for (Event event : batch) {
                    ids.computeIfAbsent(event.contact(), contact -> new ArrayList<>())
                            .add(event.messageId());
                    batch.mark(event, DELIVERED);
                }
                batch.commit();
                to.release(lane);
            }
        }
        return ids;
    }

    /** The second spool, whose third append fails, after or before it stored the events. */
    private Spool failing(boolean isStored) {
        AtomicInteger appends = new AtomicInteger();
        Class<?>[] types = {Spool.class};
        return (Spool) Proxy.newProxyInstance(Spool.class.getClassLoader(), types, (self, method, args) -> {
            boolean isKilled = method.getName().equals("append") && appends.incrementAndGet() > 2;
            Object answer = isKilled && !isStored ? null : method.invoke(to, args);
            return isKilled ? CompletableFuture.failedFuture(new SpoolUnavailable("killed", null)) : answer;
        });
    }
}
