package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Restores a lane that the group assigned to this process: its state from the committed offset and metadata, its open
 * events and known ids from its topic.
 */
final class LaneRecovery {

    private static final Logger LOG = Logger.getLogger(LaneRecovery.class);

    /** The largest distance of two open events that are read together, in records. */
    private static final int READ_ALONG = 500;

    private final SpoolTopics topics;
    private final GroupOffsets offsets;
    private final PartitionReader reader;
    private final int rememberedIds;

    /** An open event, and the dead letter that it was if it is replayed. */
    record OpenRecord(Event event, Optional<EventRecord.Replay> replay) {}

    /**
     * A lane as its last owner left it.
     *
     * @param open the open events, by seq
     * @param settledIds the latest ids before {@code snapshot.to()}
     * @param pendingIds the latest ids from there on
     * @param end the offset after the last event
     */
    record RecoveredLane(
            LaneSnapshot snapshot,
            TreeMap<Long, OpenRecord> open,
            RecentIds settledIds,
            RecentIds pendingIds,
            long end) {}

    LaneRecovery(SpoolTopics topics, GroupOffsets offsets, PartitionReader reader, int rememberedIds) {
        this.topics = topics;
        this.offsets = offsets;
        this.reader = reader;
        this.rememberedIds = rememberedIds;
    }

    /**
     * Restores a lane.
     *
     * @throws SpoolUnavailable if it can't be read
     */
    RecoveredLane lane(int lane) {
        TopicPartition events = topics.eventsOf(lane);
        LaneSnapshot snapshot = offsets.committed(lane);
        long begin = reader.begin(events);
        long end = reader.end(events);
        if (begin > snapshot.head()) {
            LOG.errorf(
                    "%s begins at %d, expected %d or less, the committed offset: up to %d undelivered events were"
                            + " deleted",
                    events, begin, snapshot.head(), begin - snapshot.head());
        }
        return new RecoveredLane(
                snapshot,
                open(lane, snapshot, begin),
                ids(events, Math.max(begin, snapshot.to() - rememberedIds), snapshot.to()),
                ids(events, Math.max(snapshot.to(), end - rememberedIds), end),
                end);
    }

    private TreeMap<Long, OpenRecord> open(int lane, LaneSnapshot snapshot, long begin) {
        TreeMap<Long, OpenRecord> open = new TreeMap<>();
        List<Long> offsets = List.copyOf(snapshot.open().tailMap(begin).keySet());
        reader.readSome(topics.eventsOf(lane), offsets, READ_ALONG, read -> {
            long seq = topics.seq(lane, read.offset());
            open.put(seq, new OpenRecord(EventRecord.read(read, seq), EventRecord.replayOf(read)));
        });
        return open;
    }

    private RecentIds ids(TopicPartition events, long from, long to) {
        RecentIds ids = new RecentIds(rememberedIds);
        reader.read(events, from, to, written -> ids.isFirst(EventRecord.id(written), written.timestamp()));
        return ids;
    }
}
