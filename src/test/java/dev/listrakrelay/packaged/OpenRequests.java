package dev.listrakrelay.packaged;

import dev.listrakrelay.spool.lane.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which events arrived twice for no reason. A lane sends a request only when the one before is settled. So a kill can
 * leave unsettled, and bring back once, the events of each lane's last request alone.
 */
final class OpenRequests {

    private final Set<String> arrived = new HashSet<>();
    private final Map<Integer, List<String>> lastOfLane = new HashMap<>();
    private final Set<String> mayComeAgain = new HashSet<>();
    private final List<String> unexplained = new ArrayList<>();
    private boolean isInterrupted;

    /** A request arrived, with events of these ids; all of them are one lane's. */
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

    /** A relay was killed, or its connections were cut, and all that it had sent has arrived. */
    synchronized void interrupted() {
        lastOfLane.values().forEach(mayComeAgain::addAll);
    }

    /** What arrives during {@code outage} may not be settled for a while, either. */
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

    /** The events that arrived once more though nothing had interrupted them. */
    synchronized List<String> unexplained() {
        return List.copyOf(unexplained);
    }
}
