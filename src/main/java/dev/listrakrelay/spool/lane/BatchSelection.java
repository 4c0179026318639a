package dev.listrakrelay.spool.lane;

import dev.listrakrelay.spool.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses those of a lane's due events that leave together: of each contact the first, because a request to Listrak takes one
 * event of a contact (listrak-api §3), so that a batch is one request, and not a large one with small ones behind it. Where
 * half of them would stay, none does, for few would share a request. What waits for an earlier event stays in any case.
 *
 * @param leaving in the order they are due
 * @param staying those of the others that are new, and when each is due (epoch milliseconds)
 */
record BatchSelection(List<Event> leaving, Map<Event, Long> staying) {

    /**
     * @param due open events and behind them new ones, each in order
     * @param open all open events of the lane
     */
    static BatchSelection of(List<Event> due, Map<Long, LaneProgress.Open> open, long now) {
        Map<String, Long> held = held(due, open);
        Map<Event, Long> staying = new LinkedHashMap<>();
        List<Event> free = new ArrayList<>();
        List<Event> first = new ArrayList<>();
        Set<String> contacts = new HashSet<>();
        for (Event event : due) {
            if (!open.containsKey(event.seq()) && held.containsKey(event.contact())) {
                staying.put(event, Math.max(now, held.get(event.contact())));
            } else {
                free.add(event);
                if (contacts.add(event.contact())) {
                    first.add(event);
                }
            }
        }
        if (2 * first.size() <= free.size()) {
            return new BatchSelection(free, staying);
        }
        Set<Event> leaving = new HashSet<>(first);
        free.stream()
                .filter(event -> !leaving.contains(event) && !open.containsKey(event.seq()))
                .forEach(event -> staying.put(event, now));
        return new BatchSelection(first, staying);
    }

    /** For each contact with an open event that is not among these: when that one is due. */
    private static Map<String, Long> held(List<Event> due, Map<Long, LaneProgress.Open> open) {
        Map<Long, LaneProgress.Open> others = new HashMap<>(open);
        due.forEach(event -> others.remove(event.seq()));
        Map<String, Long> held = new HashMap<>();
        others.values().forEach(event -> held.merge(event.contact(), event.due(), Math::max));
        return held;
    }
}
