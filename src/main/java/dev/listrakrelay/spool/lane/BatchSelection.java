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
 * Chooses which due events of a lane leave in one batch: the first event of each contact, because a request to Listrak
 * takes one event of a contact (listrak-api §3). So a batch is one request, not a large one followed by small ones. If
 * half of the events or more would stay, all leave, because few of them would share a request. An event that waits for
 * an earlier one of its contact always stays.
 *
 * @param leaving events of the batch, in the order they are due
 * @param staying new events that stay, and when each is due (epoch milliseconds)
 */
record BatchSelection(List<Event> leaving, Map<Event, Long> staying) {

    /**
     * @param due open events followed by new ones, each in order
     * @param open all open events of the lane, by seq
     */
    static BatchSelection of(List<Event> due, Map<Long, LaneProgress.Open> open, long now) {
        Map<String, Long> held = heldContacts(due, open);
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

    /** The contacts with open events that are not in {@code due}, and the latest due time of these events. */
    private static Map<String, Long> heldContacts(List<Event> due, Map<Long, LaneProgress.Open> open) {
        Map<Long, LaneProgress.Open> others = new HashMap<>(open);
        due.forEach(event -> others.remove(event.seq()));
        Map<String, Long> held = new HashMap<>();
        others.values().forEach(event -> held.merge(event.contact(), event.due(), Math::max));
        return held;
    }
}
