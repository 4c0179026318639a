package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.lane.LaneProgress;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells which events of a lane are pending, whichever process it is assigned to.
 *
 * @param begin the offset of the first event there is
 * @param to the offset of the first event that the lane has not taken
 * @param end the offset behind the last event
 * @param open when each event before {@code to} that is not settled is due, in epoch milliseconds, by offset
 */
record LaneView(long begin, long to, long end, Map<Long, Long> open) {

    /** @param head the seq up to which everything is settled that is not open */
    static LaneView of(SpoolTopics topics, long begin, long head, long end, Map<Long, LaneProgress.Open> open) {
        Map<Long, Long> due = new HashMap<>();
        open.forEach((seq, event) -> due.put(topics.offset(seq), event.due()));
        return new LaneView(begin, topics.offset(head) + 1, end, due);
    }

    static LaneView of(LaneSnapshot snapshot, long begin, long end) {
        Map<Long, Long> due = new HashMap<>();
        snapshot.open().forEach((offset, event) -> due.put(offset, event.due()));
        return new LaneView(begin, snapshot.to(), end, due);
    }

    boolean isPending(long offset) {
        return offset >= to || open.containsKey(offset);
    }

    long pending() {
        return Math.max(0, end - to) + open.size();
    }
}
