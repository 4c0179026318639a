package dev.listrakrelay.packaged;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guarantees, Delivery 2: the relay reports what a damaged spool file costs, and delivers all events that can be read.
 */
@Tag("faults")
class DamagedFileIT extends PackagedTest {

    private static final Logger LOG = Logger.getLogger(DamagedFileIT.class);
    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final int EVENTS = 3_000;
    private static final int CONNECTIONS = 8;
    private static final int PAGE = 4_096;
    private static final int MOST_EVENTS_ON_A_PAGE = 20;
    private static final int BAD_CONFIGURATION = 78;
    private static final String UNREADABLE = "can't read lane \\d+";

    @Test
    void afterALogTornByAKillAllThatWasAcknowledgedArrives() throws IOException {
        // given
        listrak.leave();
        relay.start();
        try (Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS, 9)) {
            await().atMost(BOUND).until(() -> callers.count() > EVENTS / 4);
            relay.kill9();

            // when the log ends with half a page of the next transaction
            tear(spool().resolve("events.db-wal"));
            relay.start();

            // then
            callers.join();
            listrak.comeBack();
            awaitNothingPending(BOUND);
            assertThat(lost(callers.acknowledged()), empty());
            assertThat(duplicates(), is(0));
            assertThat(Callers.outOfOrder(listrak), empty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbled", "cut off"})
    void aDamagedFileEndsTheStartAndReadableEventsArriveAfterItsRepair(String harm) throws IOException {
        // given
        List<String> acknowledged = backlog();
        if (harm.equals("garbled")) {
            garblePageOf(acknowledged.get(EVENTS / 2));
        } else {
            cutOff(PAGE * 40);
        }
        byte[] damaged = Files.readAllBytes(file());

        // when
        int exitCode = relay.launch().awaitExit();
        int exitCodeAgain = relay.launch().awaitExit();

        // then
        LOG.infof("%s: exit codes %d, %d", harm, exitCode, exitCodeAgain);
        assertThat(exitCode, is(BAD_CONFIGURATION));
        assertThat(exitCodeAgain, is(BAD_CONFIGURATION));
        assertThat(
                relay.logText(),
                allOf(
                        containsString("Listrak Relay can't start. Fix this setting:\n  spool.dir: " + file()
                                + " is damaged, "),
                        containsString("Nothing was changed in it.")));
        assertThat(Arrays.equals(Files.readAllBytes(file()), damaged), is(true));
        repairAsDescribed();
        listrak.comeBack();
        relay.start();
        awaitNothingPending(BOUND);
        Set<String> lost = lost(acknowledged);
        LOG.infof("%s: %d of %d events could not be recovered", harm, lost.size(), EVENTS);
        assertThat(lost.size(), lessThanOrEqualTo(harm.equals("garbled") ? MOST_EVENTS_ON_A_PAGE : EVENTS / 2));
        assertThat(Callers.outOfOrder(listrak), empty());
    }

    @Test
    void aPageThatTurnsOutUnreadableStopsItsLanesAndTheOthersGoOn() throws IOException {
        // given a backlog whose middle has not been read yet, on more lanes than a page has events
        relay.with("DELIVERY_BATCH_SIZE", "20").with("SPOOL_LANES", "64");
        List<String> acknowledged = backlog();
        relay.start();
        garblePageOf(acknowledged.get(EVENTS / 2));

        // when
        listrak.comeBack();

        // then
        await().atMost(BOUND).until(() -> listrak.arrived() > EVENTS * 6 / 10);
        await().atMost(BOUND).until(() -> !relay.isReady());
        awaitRefused(BOUND);
        int exitCode = relay.sigterm().awaitExit();
        LOG.infof(
                "%d of %d arrived, %d duplicates, %d lanes stood still",
                listrak.arrived(), EVENTS, duplicates(), count(UNREADABLE));
        assertThat(exitCode, is(0));
        assertThat(duplicates(), is(0));
        assertThat(Callers.outOfOrder(listrak), empty());
        assertThat(count("ERROR .* is damaged, "), is(1L));
        assertThat(count(UNREADABLE), greaterThan(0L));
        assertThat(count(UNREADABLE), lessThanOrEqualTo((long) MOST_EVENTS_ON_A_PAGE));
        assertThat(relay.launch().awaitExit(), is(BAD_CONFIGURATION));
    }

    /** Makes a backlog of acknowledged events, all in the database file, and stops the relay. Returns their ids. */
    private List<String> backlog() {
        listrak.leave();
        relay.start();
        try (Callers callers = new Callers(relay, CONNECTIONS).post(EVENTS, 10)) {
            callers.join();
            assertThat(relay.sigterm().awaitExit(), is(0));
            return callers.acknowledged();
        }
    }

    private Path spool() {
        return folder.resolve("spool");
    }

    private Path file() {
        return spool().resolve("events.db");
    }

    /** Appends the first half of a page of the next transaction. */
    private static void tear(Path log) throws IOException {
        byte[] whole = Files.readAllBytes(log);
        byte[] begun = Arrays.copyOfRange(whole, whole.length - PAGE - 24, whole.length - PAGE / 2);
        Arrays.fill(begun, 4, 8, (byte) 0);
        System.arraycopy(whole, 16, begun, 8, 8);
        Files.write(log, begun, StandardOpenOption.APPEND);
    }

    private void garblePageOf(String id) throws IOException {
        int at = new String(Files.readAllBytes(file()), ISO_8859_1).lastIndexOf("\"order_id\":\"" + id + "\"");
        byte[] noise = new byte[PAGE];
        new Random(at).nextBytes(noise);
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.seek((long) at / PAGE * PAGE);
            bytes.write(noise);
        }
    }

    private void cutOff(long length) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            assertThat(length, lessThan(bytes.length()));
            bytes.setLength(bytes.length() - length);
        }
    }

    /** Runs the commands in the relay's message. */
    private void repairAsDescribed() {
        Machine.assumeInstalled("sqlite3");
        Matcher told = Pattern.compile("(?s)run in the folder:\n(.*?)\n +To continue without")
                .matcher(relay.logText());
        assertThat(told.find(), is(true));
        Machine.run("sh", "-c", "cd '" + spool() + "' && " + told.group(1));
    }

    private long count(String line) {
        return Pattern.compile(line).matcher(relay.logText()).results().count();
    }
}
