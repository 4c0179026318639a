package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Events that are not delivered are logged once a minute for each kind of loss. */
class LossLogTest {

    private static final Settlement NO_EMAIL = new Settlement.Dropped("no_email");
    private static final Settlement REJECTED = new Settlement.Dead("rejected", "no such person, eve@example.com");

    private final List<String> lines = new ArrayList<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final LossLog losses = new LossLog(lines::add, later::add);

    @Test
    void theFirstOfAKindIsLoggedAtOnceAndTheOthersOnceAMinute() {
        // when
        settled(REJECTED, 1, 2);
        settled(REJECTED, 3);
        settled(NO_EMAIL, 4);
        settled(REJECTED, 5, 6);
        aMinutePasses();
        aMinutePasses();
        settled(REJECTED, 7);

        // then
        assertEquals(
                List.of(
                        "dead letters, rejected: 2 events, the last one is messageId m-2, seq 2",
                        "dropped, no_email: 1 event, the last one is messageId m-4, seq 4",
                        "dead letters, rejected: 3 events, the last one is messageId m-6, seq 6",
                        "dead letters, rejected: 1 event, the last one is messageId m-7, seq 7"),
                lines);
    }

    @Test
    void deliveredAndRetriedEventsAreNotLogged() {
        // when
        settled(new Settlement.Delivered(), 1);
        settled(new Settlement.Forwarded("eu"), 2);
        settled(new Settlement.Retry(Instant.EPOCH, "429"), 3);

        // then
        assertEquals(List.of(), lines);
    }

    @Test
    void anIdThatMayBeAnAddressOrBreaksTheLineIsNotShown() {
        // when
        losses.settled(Map.of(event(1, "eve@example.com"), NO_EMAIL));
        losses.settled(Map.of(event(2, "a\nb"), REJECTED));

        // then
        assertEquals(
                List.of(
                        "dropped, no_email: 1 event, the last one is messageId (not shown), seq 1",
                        "dead letters, rejected: 1 event, the last one is messageId (not shown), seq 2"),
                lines);
    }

    @Test
    void anIdentifyWithoutARuleIsNoLoss() {
        // when
        losses.settled(Map.of(
                new Event(1, "m-1", "rest", "identify", "", "c", Instant.EPOCH, new byte[0]),
                new Settlement.Dropped("no_rule")));

        // then
        assertEquals(List.of(), lines);
    }

    private void settled(Settlement settlement, int... seqs) {
        Map<Event, Settlement> settlements = new LinkedHashMap<>();
        for (int seq : seqs) {
            settlements.put(event(seq, "m-" + seq), settlement);
        }
        losses.settled(settlements);
    }

    private void aMinutePasses() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    private static Event event(long seq, String id) {
        return new Event(seq, id, "rest", "track", "", "c", Instant.EPOCH, new byte[0]);
    }
}
