package dev.listrakrelay.spool.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Looks after the lanes that are ours, now and then: tells the group how far they are, learns how many events others have
 * added, and trims what is settled and known for long.
 */
final class Upkeep {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final long TRIM_EVERY = TimeUnit.SECONDS.toNanos(30);
    private static final Duration COMMIT = Duration.ofSeconds(2);

    /** Not worth a call. */
    private static final long TOO_FEW = 1_000;

    private final SpoolTopics topics;
    private final Admin admin;
    private final Lanes lanes;
    private final int rememberedIds;
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Map<TopicPartition, Long> trimmed = new HashMap<>();
    private long lastTime = System.nanoTime();
    private long lastTrim = System.nanoTime();

    Upkeep(SpoolTopics topics, Admin admin, Lanes lanes, int rememberedIds) {
        this.topics = topics;
        this.admin = admin;
        this.lanes = lanes;
        this.rememberedIds = rememberedIds;
    }

    /** Does what is due; for the thread that reads. */
    void now(Consumer<byte[], byte[]> consumer) {
        long now = System.nanoTime();
        if (now - lastTime >= EVERY) {
            lastTime = now;
            Map<TopicPartition, OffsetAndMetadata> settled = settled();
            settled.entrySet().removeIf(lane -> lane.getValue().offset() == committed.getOrDefault(lane.getKey(), -1L));
            if (!settled.isEmpty()) {
                consumer.commitAsync(settled, (offsets, failure) -> {});
                settled.forEach((lane, offset) -> committed.put(lane, offset.offset()));
            }
            learnEnds();
        }
        if (now - lastTrim >= TRIM_EVERY) {
            lastTrim = now;
            trim();
        }
    }

    /** Tells the group at once how far the lanes are. */
    void commit(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> settled = settled();
        if (!settled.isEmpty()) {
            consumer.commitSync(settled, COMMIT);
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> settled() {
        return lanes.all()
                .collect(Collectors.toMap(
                        held -> topics.eventsOf(held.lane().number()),
                        held -> new OffsetAndMetadata(
                                held.lane().lane().pending() == 0
                                        ? held.lane().buffer().readTo()
                                        : topics.offset(held.lane()
                                                        .lane()
                                                        .ledger()
                                                        .head())
                                                + 1)));
    }

    private void learnEnds() {
        Map<TopicPartition, OwnedLane> ours = lanes.all()
                .map(Lanes.Held::lane)
                .collect(Collectors.toMap(lane -> topics.eventsOf(lane.number()), lane -> lane));
        if (ours.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetSpec> latest =
                ours.keySet().stream().collect(Collectors.toMap(lane -> lane, lane -> OffsetSpec.latest()));
        admin.listOffsets(latest).all().whenComplete((ends, failure) -> {
            if (failure == null) {
                ends.forEach((lane, end) -> ours.get(lane).endsAt(end.offset()));
            }
        });
    }

    /** Of the events, those that are settled and whose ids are no longer remembered; of the ledger, what a whole entry sums up. */
    void trim() {
        Map<TopicPartition, RecordsToDelete> old = new HashMap<>();
        lanes.all().forEach(held -> {
            int lane = held.lane().number();
            long head = topics.offset(held.lane().lane().ledger().head()) + 1;
            note(old, topics.eventsOf(lane), Math.min(held.lane().settledTo(), head - rememberedIds), TOO_FEW);
            note(old, topics.ledgerOf(lane), held.settling().whole(), 1);
        });
        if (!old.isEmpty()) {
            admin.deleteRecords(old).all().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    LOG.debugf("%s: not trimmed, %s", topics.events(), failure.getMessage());
                }
            });
        }
    }

    private void note(Map<TopicPartition, RecordsToDelete> old, TopicPartition partition, long before, long worth) {
        if (before - trimmed.getOrDefault(partition, 0L) >= worth) {
            trimmed.put(partition, before);
            old.put(partition, RecordsToDelete.beforeOffset(before));
        }
    }
}
