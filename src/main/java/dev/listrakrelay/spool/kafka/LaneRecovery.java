package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

    /**
     * A lane as its last owner left it.
     *
     * @param open the records of the open events
     * @param settledIds the latest ids before {@code snapshot.to()}
     * @param pendingIds the latest ids from there on
     * @param end the offset after the last event
     */
    record RecoveredLane(
            LaneSnapshot snapshot,
            List<ConsumerRecord<byte[], byte[]>> open,
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
        List<ConsumerRecord<byte[], byte[]>> open = new ArrayList<>();
        reader.readSome(events, List.copyOf(snapshot.open().tailMap(begin).keySet()), READ_ALONG, open::add);
        return new RecoveredLane(
                snapshot,
                open,
                ids(events, Math.max(begin, snapshot.to() - rememberedIds), snapshot.to()),
                ids(events, Math.max(snapshot.to(), end - rememberedIds), end),
                end);
    }

    private RecentIds ids(TopicPartition events, long from, long to) {
        RecentIds ids = new RecentIds(rememberedIds);
        reader.read(events, from, to, written -> ids.isFirst(EventRecord.id(written), written.timestamp()));
        return ids;
    }
}
