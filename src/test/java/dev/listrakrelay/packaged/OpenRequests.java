package dev.listrakrelay.packaged;

import dev.listrakrelay.spool.lane.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds events that arrived twice without an allowed reason. A lane sends a request only after the one before is
 * settled. So a kill can repeat only the events of each lane's last request, and only once.
 */
final class OpenRequests {

    private final Set<String> arrived = new HashSet<>();
    private final Map<Integer, List<String>> lastOfLane = new HashMap<>();
    private final Set<String> mayComeAgain = new HashSet<>();
    private final List<String> unexplained = new ArrayList<>();
    private boolean isInterrupted;

    /** Notes a request with these event ids, by contact. */
    synchronized void arrived(Map<String, List<String>> idsOfContacts) {
        Map<Integer, List<String>> idsOfLanes = new HashMap<>();
        idsOfContacts.forEach((contact, ids) -> idsOfLanes
                .computeIfAbsent(Lane.of(contact, PackagedRelay.LANES), lane -> new ArrayList<>())
                .addAll(ids));
        idsOfLanes.values().forEach(ids -> ids.forEach(this::arrived));
        lastOfLane.putAll(idsOfLanes);
        if (isInterrupted) {
            idsOfLanes.values().forEach(mayComeAgain::addAll);
        }
    }

    private void arrived(String id) {
        if (!arrived.add(id) && !mayComeAgain.remove(id)) {
            unexplained.add(id);
        }
    }

    /**
     * Notes that a relay was killed, or its connections were cut. Call it when everything that it had sent has arrived.
     */
    synchronized void interrupted() {
        lastOfLane.values().forEach(mayComeAgain::addAll);
    }

    /** Runs an outage: events that arrive during it may not be settled, so they may arrive again. */
    void interruptedBy(Runnable outage) {
        interrupted(true);
        try {
            outage.run();
        } finally {
            interrupted(false);
        }
    }

    private synchronized void interrupted(boolean isNow) {
        interrupted();
        isInterrupted = isNow;
    }

    /** The events that arrived again, although no kill or outage explains it. */
    synchronized List<String> unexplained() {
        return List.copyOf(unexplained);
    }
}
