package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.LaneState;
import java.time.Instant;

/**
 * Says what is pending in each lane: from memory if the lane is assigned to this process, else from what its owner
 * committed.
 */
final class LaneViews {

    private final SpoolTopics topics;
    private final PartitionReader reader;
    private final Lanes lanes;
    private final GroupOffsets offsets;

    LaneViews(SpoolTopics topics, PartitionReader reader, Lanes lanes, GroupOffsets offsets) {
        this.topics = topics;
        this.reader = reader;
        this.lanes = lanes;
        this.offsets = offsets;
    }

    /** Which events of a lane are pending now. */
    LaneView now(int lane) {
        long begin = reader.begin(topics.eventsOf(lane));
        long end = reader.end(topics.eventsOf(lane));
        return lanes.get(lane)
                .map(assigned -> {
                    // another process may have appended events that are not read yet
                    assigned.endsAt(end);
                    return new LaneView(assigned.state(), begin, end);
                })
                .orElseGet(() -> new LaneView(offsets.committed(lane), begin, end));
    }

    /** The number of pending events of a lane; about a second old for another process's lane. */
    long pending(int lane) {
        return lanes.get(lane).map(assigned -> assigned.lane().pending()).orElseGet(() -> offsets.seen(lane)
                .pending());
    }

    /** The state of a lane; for another process's lane about a second old and without the cause of its pause. */
    LaneState state(int lane) {
        return lanes.get(lane).map(assigned -> assigned.lane().state()).orElseGet(() -> {
            LaneSnapshot seen = offsets.seen(lane).state();
            return new LaneState(lane, pending(lane), seen.pauses(), Instant.ofEpochMilli(seen.pausedUntil()), "");
        });
    }
}
