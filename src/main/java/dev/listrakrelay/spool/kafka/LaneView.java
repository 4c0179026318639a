package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.lane.LaneProgress;
import java.util.HashMap;
import java.util.Map;

/**
 * What of a lane is pending, whoever has it.
 *
 * @param begin the offset of the first event there is
 * @param head the offset up to which all is settled but what is open
 * @param end the offset behind the last event
 * @param open when each open event is due, in epoch milliseconds, by seq
 */
record LaneView(long begin, long head, long end, Map<Long, Long> open) {

    /** @param head the seq up to which all is settled */
    static LaneView of(SpoolTopics topics, long begin, long head, long end, Map<Long, LaneProgress.Open> open) {
        Map<Long, Long> due = new HashMap<>();
        open.forEach((seq, event) -> due.put(seq, event.due()));
        return new LaneView(begin, topics.offset(head), end, due);
    }

    boolean isPending(long seq, long offset) {
        return offset > head || open.containsKey(seq);
    }
}
