package dev.listrakrelay.spool.lane;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * Describes how outcomes change a lane. The engine writes it to disk first, and then applies it to the lane.
 *
 * @param lane the number of the lane
 * @param head the seq up to which all events are settled or open
 * @param opened the events that become open, or are due at another time, by seq
 * @param wasOpen the seqs of the events that were open before
 * @param settled the outcomes
 */
public record LaneChange(
        int lane,
        long head,
        SortedMap<Long, LaneProgress.Open> opened,
        Set<Long> wasOpen,
        Map<Event, Settlement> settled) {

    /** The seqs of events that will not be retried. */
    public List<Long> done() {
        return settled.entrySet().stream()
                .filter(event -> !(event.getValue() instanceof Settlement.Retry))
                .map(event -> event.getKey().seq())
                .toList();
    }

    public boolean isDelivery() {
        return settled.values().stream()
                .anyMatch(how -> how instanceof Settlement.Delivered || how instanceof Settlement.Forwarded);
    }

    /** The change without content of forgotten events. Those that are not delivered are dropped. */
    public LaneChange without(LongPredicate isForgotten) {
        Map<Event, Settlement> left = new LinkedHashMap<>();
        SortedMap<Long, LaneProgress.Open> stillOpened = new TreeMap<>();
        opened.forEach((seq, open) -> stillOpened.put(
                seq,
                isForgotten.test(seq)
                        ? new LaneProgress.Open(LaneProgress.FORGOTTEN, open.due(), open.attempts())
                        : open));
        settled.forEach((event, settlement) -> {
            boolean keepsContent = settlement instanceof Settlement.Dead || settlement instanceof Settlement.Retry;
            boolean isDropped = keepsContent && isForgotten.test(event.seq());
            left.put(event, isDropped ? Settlement.FORGOTTEN : settlement);
            if (isDropped) {
                stillOpened.remove(event.seq());
            }
        });
        return new LaneChange(lane, head, stillOpened, wasOpen, left);
    }
}
