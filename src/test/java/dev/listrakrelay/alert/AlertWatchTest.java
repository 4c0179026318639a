package dev.listrakrelay.alert;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.iterableWithSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.TestClock;
import dev.listrakrelay.spool.sqlite.SpoolFolder;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was told is known after a restart, and an alert that was decided is stored once, wherever the process died. */
class AlertWatchTest {

    private static final AlertLimits LIMITS = new AlertLimits(Duration.ofMinutes(2), Duration.ofHours(4), 5);
    private static final String RAISED = "raised ListrakRelayDestinationParked/listrak";
    private static final String RESOLVED = "resolved ListrakRelayDestinationParked/listrak";

    @TempDir
    Path dir;

    private final TestClock clock = new TestClock();
    private final List<Problem> problems = new ArrayList<>();
    private final ObjectMapper json = new ObjectMapper();
    private SpoolFolder folder;
    private Spool spool;
    private AlertWatch watch;

    @BeforeEach
    void start() {
        folder = new SpoolFolder(dir, 1, clock);
        spool = folder.open("alerts", new SpoolLimits(Duration.ofDays(1), Duration.ofDays(1), 100));
        watch = watch(spool);
    }

    @AfterEach
    void stop() {
        spool.close();
        folder.close();
    }

    private AlertWatch watch(Spool into) {
        return new AlertWatch(
                List.of(new GivenProblems()),
                new AlertMemory(memory(), clock.instant()),
                LIMITS,
                clock,
                into,
                alert -> alert.toJson("", "relay"));
    }

    private Path memory() {
        return dir.resolve("alerts.json");
    }

    private class GivenProblems implements ProblemSource {
        @Override
        public Stream<Problem> problems() {
            return problems.stream();
        }
    }

    @Test
    void aProblemThatLastsIsNotToldAgainAfterARestart() throws Exception {
        // given
        parked();
        watch.look();

        // when the destination is parked only some seconds after the restart
        restart();
        problems.clear();
        watch.look();
        parked();
        clock.advance(Duration.ofSeconds(30));
        watch.look();

        // then
        assertThat(delivered(), contains(RAISED));
    }

    @Test
    void aProblemThatEndedDuringARestartIsResolvedAfterIt() throws Exception {
        // given
        parked();
        watch.look();

        // when
        restart();
        problems.clear();
        watch.look();
        clock.advance(LIMITS.resolveAfter());
        watch.look();

        // then
        assertThat(delivered(), contains(RAISED, RESOLVED));
    }

    @Test
    void aReminderIsDueAfterTheSameTimeDespiteARestart() throws Exception {
        // given
        parked();
        watch.look();
        delivered();
        clock.advance(LIMITS.reminder().minusMinutes(1));

        // when
        restart();
        watch.look();
        int early = delivered().size();
        clock.advance(Duration.ofMinutes(1));
        watch.look();

        // then
        assertThat(early, is(0));
        assertThat(delivered(), contains("reminder ListrakRelayDestinationParked/listrak"));
    }

    @Test
    void anAlertThatWasDecidedButNotStoredIsStoredAfterARestart() throws Exception {
        // given a process that dies before the append
        parked();
        watch(dyingSpool()).look();

        // when
        restart();
        watch.look();

        // then
        assertThat(delivered(), contains(RAISED));
    }

    @Test
    void anAlertThatWasStoredJustBeforeAKillIsStoredOnce() throws Exception {
        // given a process that dies between the append and the note of it
        parked();
        watch(dyingSpool()).look();
        byte[] before = Files.readAllBytes(memory());
        restart();
        watch.look();
        Files.write(memory(), before);

        // when
        restart();
        watch.look();

        // then
        assertThat(spool.tally().get(new Spool.Outcome("accepted", "")), is(1L));
        assertThat(delivered(), contains(RAISED));
    }

    @Test
    void whileAlertsCantBeStoredNothingIsDecidedAndTheStateAfterwardsIsTold() throws Exception {
        // given
        parked();
        AlertWatch withoutSpool = watch(dyingSpool());

        // when
        for (int look = 0; look < 100; look++) {
            withoutSpool.look();
            clock.advance(Duration.ofHours(1));
        }

        // then
        assertThat(json.readTree(memory().toFile()).path("unstored"), iterableWithSize(1));
    }

    @Test
    void aDamagedFileIsNoReasonToTellNothing() throws Exception {
        // given
        Files.writeString(memory(), "{\"told\":[{\"kind\":\"NO_SUCH_KIND\"}");

        // when
        restart();
        parked();
        watch.look();

        // then
        assertThat(delivered(), contains(RAISED));
    }

    @Test
    void anAlertHasAllFieldsThatAnEngineerNeeds() throws Exception {
        // given
        parked();

        // when
        watch.look();

        // then
        ObjectNode alert = (ObjectNode) json.readTree(take().get(0).raw());
        assertThat(
                json.convertValue(alert, Map.class),
                is(json.readValue(
                        """
                        {"id":"ListrakRelayDestinationParked/listrak","alert":"ListrakRelayDestinationParked",
                         "subject":"listrak","state":"raised","severity":"critical","what":"listrak is parked.",
                         "since":"2025-11-21T10:00:00Z","count":1,"todo":"%s","page":"/console/#/overview",
                         "runbook":"src/docs/alerts.md#listrakrelaydestinationparked","process":"relay",
                         "at":"2025-11-21T10:00:00Z"}
                        """
                                .formatted(AlertKind.DESTINATION_PARKED.todo().replace("\"", "\\\"")),
                        Map.class)));
    }

    private void parked() {
        problems.clear();
        problems.add(new Problem(AlertKind.DESTINATION_PARKED, "listrak", "listrak is parked.", clock.instant(), 1));
    }

    private void restart() {
        stop();
        start();
    }

    /** A spool to which nothing can be appended, as if the process died then. */
    private static Spool dyingSpool() {
        return (Spool) Proxy.newProxyInstance(
                Spool.class.getClassLoader(),
                new Class<?>[] {Spool.class},
                (proxy, method, arguments) -> method.getName().equals("append")
                        ? CompletableFuture.failedFuture(new SpoolUnavailable("died", null))
                        : 0L);
    }

    /** Delivers what the spool has; returns it in order. */
    private List<String> delivered() throws Exception {
        List<String> lines = new ArrayList<>();
        for (Event event : take()) {
            JsonNode alert = json.readTree(event.raw());
            lines.add(alert.path("state").asText() + " " + alert.path("id").asText());
        }
        return lines;
    }

    private List<Event> take() throws InterruptedException, IOException {
        List<Event> events = new ArrayList<>();
        for (Batch batch = next(); batch != null; batch = next()) {
            for (Event event : batch) {
                events.add(event);
                batch.mark(event, new Settlement.Delivered());
            }
            batch.commit();
            spool.release(0);
        }
        return events;
    }

    private Batch next() throws InterruptedException {
        return spool.take(0, 100, Duration.ZERO, Duration.ZERO).orElse(null);
    }
}
