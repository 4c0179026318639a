package dev.listrakrelay.spool.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Reads the states of all lanes once a second, to count the events that other processes appended. Every 30 seconds, it
 * deletes settled events whose ids are no longer needed.
 */
final class LaneMaintenance {

    private static final Logger LOG = Logger.getLogger(LaneMaintenance.class);
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final long DELETE_EVERY = TimeUnit.SECONDS.toNanos(30);

    /** The fewest events of a lane that are worth a request to delete them. */
    private static final long TOO_FEW = 1_000;

    private final SpoolTopics topics;
    private final Admin admin;
    private final Lanes lanes;
    private final GroupOffsets offsets;
    private final LaneCommits commits;
    private final int rememberedIds;
    private final Map<TopicPartition, Long> deleted = new HashMap<>();
    private long lastTime = System.nanoTime();
    private long lastDelete = System.nanoTime();

    LaneMaintenance(
            SpoolTopics topics,
            Admin admin,
            Lanes lanes,
            GroupOffsets offsets,
            LaneCommits commits,
            int rememberedIds) {
        this.topics = topics;
        this.admin = admin;
        this.lanes = lanes;
        this.offsets = offsets;
        this.commits = commits;
        this.rememberedIds = rememberedIds;
    }

    /** Does the work that is due. Only the thread that polls may call it. */
    void now() {
        long now = System.nanoTime();
        if (now - lastTime >= EVERY) {
            lastTime = now;
            lanes.all()
                    .filter(AssignedLane::isBehind)
                    .forEach(lane -> commits.commit(lane, Optional.empty(), Map.of()));
            offsets.refresh()
                    .thenAccept(ends -> ends.forEach(
                            (events, end) -> lanes.get(events.partition()).ifPresent(lane -> lane.endsAt(end))));
        }
        if (now - lastDelete >= DELETE_EVERY) {
            lastDelete = now;
            deleteSettled();
        }
    }

    void deleteSettled() {
        Map<TopicPartition, RecordsToDelete> old = new HashMap<>();
        lanes.all().forEach(lane -> {
            TopicPartition events = topics.eventsOf(lane.number());
            long before = lane.deletable(rememberedIds);
            if (before - deleted.getOrDefault(events, 0L) >= TOO_FEW) {
                deleted.put(events, before);
                old.put(events, RecordsToDelete.beforeOffset(before));
            }
        });
        if (!old.isEmpty()) {
            admin.deleteRecords(old).all().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    LOG.debugf("%s: settled events not deleted, %s", topics.events(), failure.getMessage());
                }
            });
        }
    }
}
