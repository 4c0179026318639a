package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Event;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which parts of an event Listrak accepted while other parts need a retry, so that no part is sent twice. It keeps
 * the last 10,000 such events of one spool in memory. After a crash, the relay sends all parts of an unsettled event.
 */
final class DeliveredParts {

    private static final int MOST_EVENTS = 10_000;

    /** By an event's seq and a part's index: the hash of what was sent, because a changed mapping makes other parts. */
    private final Map<Long, Map<Integer, Integer>> delivered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Map<Integer, Integer>> eldest) {
            return size() > MOST_EVENTS;
        }
    };

    synchronized void add(Delivery part) {
        delivered.computeIfAbsent(part.event().seq(), seq -> new HashMap<>()).put(part.part(), hash(part));
    }

    synchronized boolean contains(Delivery part) {
        Map<Integer, Integer> parts = delivered.getOrDefault(part.event().seq(), Map.of());
        return parts.getOrDefault(part.part(), ~hash(part)) == hash(part);
    }

    synchronized void forget(Event event) {
        delivered.remove(event.seq());
    }

    private static int hash(Delivery part) {
        return Arrays.hashCode(part.listrakEvent().json());
    }
}
