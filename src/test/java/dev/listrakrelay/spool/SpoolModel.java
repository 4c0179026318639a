package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A simple model of a spool that keeps the same guarantees: one queue of waiting events per contact. */
final class SpoolModel {

    private record Waiting(String source, String id, Instant receivedAt, Instant due) {
        boolean is(Event event) {
            return id.equals(event.messageId())
                    && source.equals(event.source())
                    && receivedAt.equals(event.receivedAt());
        }
    }

    private final Map<String, Deque<Waiting>> contacts = new LinkedHashMap<>();
    private final Map<String, Instant> seen = new HashMap<>();
    private final Map<Spool.Outcome, Long> tally = new HashMap<>();
    private final Set<Waiting> forgotten = new HashSet<>();

    int append(List<Event> events, Instant now) {
        int stored = 0;
        for (Event event : events) {
            Instant before = seen.get(key(event));
            if (before == null || !now.isBefore(before.plus(Duration.ofHours(24)))) {
                seen.put(key(event), now);
                contacts.computeIfAbsent(event.contact(), c -> new ArrayDeque<>())
                        .add(new Waiting(event.source(), event.messageId(), event.receivedAt(), Instant.MIN));
                stored++;
            }
        }
        count("accepted", "", stored);
        return stored;
    }

    /** Checks that the batch has each contact's first events, in order, and that all of them are due. */
    void check(Batch batch, Instant now) {
        Map<String, Iterator<Waiting>> next = new HashMap<>();
        for (Event event : batch) {
            Deque<Waiting> waiting = contacts.get(event.contact());
            assertNotNull(waiting, event + " was never appended");
            Iterator<Waiting> ofContact = next.computeIfAbsent(event.contact(), c -> waiting.iterator());
            assertTrue(ofContact.hasNext(), event + " was settled before");
            Waiting expected = ofContact.next();
            assertTrue(expected.is(event), () -> event + " overtook " + expected.id());
            assertFalse(expected.due().isAfter(now), event + " comes before its time");
        }
    }

    void settle(Map<Event, Settlement> settlements) {
        settlements.forEach((event, settlement) -> {
            if (forgotten.removeIf(waiting -> waiting.is(event))) {
                boolean comesTooLate = settlement instanceof Settlement.Dead || settlement instanceof Settlement.Retry;
                count(comesTooLate ? Settlement.FORGOTTEN : settlement);
            } else if (settlement instanceof Settlement.Retry retry) {
                replace(event, retry.at());
                count("retried", "", 1);
            } else {
                replace(event, null);
                count(settlement);
            }
        });
        contacts.values().removeIf(Deque::isEmpty);
    }

    /** Forgets a contact: its events stay pending but are never handed out again. Returns their number. */
    int forget(String contact) {
        Deque<Waiting> waiting = contacts.getOrDefault(contact, new ArrayDeque<>());
        contacts.remove(contact);
        forgotten.addAll(waiting);
        return waiting.size();
    }

    private void replace(Event event, Instant due) {
        Deque<Waiting> old = contacts.get(event.contact());
        Deque<Waiting> changed = new ArrayDeque<>();
        for (Waiting waiting : old) {
            if (!waiting.is(event)) {
                changed.add(waiting);
            } else if (due != null) {
                changed.add(new Waiting(waiting.source(), waiting.id(), waiting.receivedAt(), due));
            }
        }
        contacts.put(event.contact(), changed);
    }

    private void count(Settlement settlement) {
        if (settlement instanceof Settlement.Dropped dropped) {
            count("dropped", dropped.reason(), 1);
        } else if (settlement instanceof Settlement.Dead dead) {
            count("dead", dead.reason(), 1);
        } else if (settlement instanceof Settlement.Forwarded forwarded) {
            count("forwarded", forwarded.reason(), 1);
        } else {
            count("delivered", "", 1);
        }
    }

    private void count(String name, String reason, long events) {
        if (events > 0) {
            tally.merge(new Spool.Outcome(name, reason), events, Long::sum);
        }
    }

    /**
     * Compares tally and pending events. The spool may have dropped a forgotten event already, or may drop it later.
     */
    void checkCounts(Spool spool) {
        Map<Spool.Outcome, Long> found = new HashMap<>(spool.tally());
        Spool.Outcome drop = new Spool.Outcome("dropped", Settlement.FORGOTTEN.reason());
        long dropped = found.getOrDefault(drop, 0L) - tally.getOrDefault(drop, 0L);
        long left = forgotten.size() - dropped;
        assertTrue(dropped >= 0 && left >= 0, "each that is forgotten is dropped once");
        assertEquals(pending() + left, spool.pending());
        found.remove(drop);
        Map<Spool.Outcome, Long> expected = new HashMap<>(tally);
        expected.remove(drop);
        assertEquals(expected, found);
        if (left == 0) {
            assertEquals(
                    contacts.values().stream()
                            .flatMap(Deque::stream)
                            .map(Waiting::receivedAt)
                            .min(Instant::compareTo),
                    spool.oldestPending());
        }
    }

    /** The contacts whose first event is due. */
    Set<String> due(Instant now) {
        Set<String> due = new HashSet<>();
        contacts.forEach((contact, waiting) -> {
            if (!Optional.ofNullable(waiting.peek()).orElseThrow().due().isAfter(now)) {
                due.add(contact);
            }
        });
        return due;
    }

    long pending() {
        return contacts.values().stream().mapToLong(Deque::size).sum();
    }

    private static String key(Event event) {
        return event.source() + '\u0000' + event.messageId();
    }
}
