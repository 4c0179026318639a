package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.LaneState;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
                    return assigned.view(begin);
                })
                .orElseGet(() -> LaneView.of(offsets.committed(lane), begin, end));
    }

    /** Which events of each lane are pending; about a second old for another process's lane. */
    Stream<LaneView> seen() {
        return IntStream.range(0, lanes.count())
                .mapToObj(lane ->
                        lanes.get(lane).map(assigned -> assigned.view(0)).orElseGet(() -> offsets.seen(lane)));
    }

    /** The state of a lane; for another process's lane about a second old and without the cause of its pause. */
    LaneState state(int lane) {
        return lanes.get(lane).map(assigned -> assigned.lane().state()).orElseGet(() -> {
            LaneView seen = offsets.seen(lane);
            LaneSnapshot state = seen.state();
            return new LaneState(lane, seen.pending(), state.pauses(), Instant.ofEpochMilli(state.pausedUntil()), "");
        });
    }
}
