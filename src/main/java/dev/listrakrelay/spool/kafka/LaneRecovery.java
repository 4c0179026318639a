package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Recovers a lane that the group assigned to this process: how far it is from its committed offset, and from its events who
 * the open ones are and which ids are known.
 */
final class LaneRecovery {

    private static final Logger LOG = Logger.getLogger(LaneRecovery.class);

    /** Open events that are no further apart are read together. */
    private static final int READ_ALONG = 500;

    private final SpoolTopics topics;
    private final GroupOffsets offsets;
    private final PartitionReader reader;
    private final int rememberedIds;

    /** An open event, and the dead letter that it was. */
    record OpenRecord(Event event, Optional<EventRecord.Replay> replay) {}

    /**
     * A lane as it was left.
     *
     * @param open by seq
     * @param settledIds the latest ids before {@code snapshot.to()}
     * @param pendingIds the latest ids from there on
     * @param end the offset behind the last event
     */
    record Recovered(
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

    /** @throws SpoolUnavailable if it can't be read */
    Recovered lane(int lane) {
        TopicPartition events = topics.eventsOf(lane);
        LaneSnapshot snapshot = offsets.committed(lane);
        long begin = reader.begin(events);
        long end = reader.end(events);
        if (begin > snapshot.head()) {
            LOG.errorf(
                    "%s begins at %d, expected %d or less, the committed offset: up to %d events were deleted undelivered",
                    events, begin, snapshot.head(), begin - snapshot.head());
        }
        return new Recovered(
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
