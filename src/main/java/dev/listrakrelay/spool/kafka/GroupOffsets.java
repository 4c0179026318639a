package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.KafkaSpoolConfig;
import dev.listrakrelay.spool.KafkaSpoolConfig.WithoutOffsets;
import dev.listrakrelay.spool.SpoolRefused;
import dev.listrakrelay.spool.SpoolUnavailable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** Reads the committed state of all lanes of a spool, whichever process they are assigned to. */
final class GroupOffsets {

    private final SpoolTopics topics;
    private final String group;
    private final Admin admin;
    private final WithoutOffsets withoutOffsets;
    private volatile Map<Integer, LaneView> seen = Map.of();

    GroupOffsets(SpoolTopics topics, KafkaSpoolConfig config, Admin admin) {
        this.topics = topics;
        this.group = group(topics, config);
        this.admin = admin;
        this.withoutOffsets = config.withoutOffsets();
    }

    static String group(SpoolTopics topics, KafkaSpoolConfig config) {
        return config.group() + "." + topics.name();
    }

    /**
     * Makes sure that each lane has a committed offset, and commits one for each lane that has none. Without an offset,
     * nobody would know which events of a lane are settled.
     *
     * @throws SpoolRefused if a lane has events and no offset, unless {@code spool.kafka.without-offsets} is {@code
     *     earliest}; or if an offset is after the end of its lane
     */
    void check() {
        // the ends before the offsets: a process accepts events only once their lane has an offset, which is then found
        Map<TopicPartition, Long> ends = get(offsets(OffsetSpec.latest()));
        Map<TopicPartition, Long> begins = get(offsets(OffsetSpec.earliest()));
        Map<TopicPartition, OffsetAndMetadata> committed = get(committed());
        // the ends again, after the offsets: other processes may append and commit meanwhile
        Map<TopicPartition, Long> endsNow = get(offsets(OffsetSpec.latest()));
        Map<TopicPartition, OffsetAndMetadata> missing = new HashMap<>();
        ends.forEach((events, end) -> {
            OffsetAndMetadata offset = committed.get(events);
            if (offset == null) {
                missing.put(events, new OffsetAndMetadata(first(events, begins.get(events), end)));
            } else {
                check(events, LaneSnapshot.read(offset).to(), endsNow.get(events));
            }
        });
        begin(missing);
        refresh().join();
    }

    private void check(TopicPartition events, long to, long end) {
        if (to > end) {
            throw new SpoolRefused(
                    "spool: " + events + " ends at " + end + ", expected " + to + " or more, as group " + group
                            + " has committed: the topic was recreated, or the cluster lost some of it; delete the"
                            + " topics and the group of the spool together",
                    null);
        }
    }

    private long first(TopicPartition events, long begin, long end) {
        if (begin < end && withoutOffsets == WithoutOffsets.STOP) {
            throw new SpoolRefused(
                    "spool.kafka.without-offsets: " + events + ", expected a committed offset of group " + group
                            + ", found none and up to " + (end - begin)
                            + " events; Kafka deletes the offsets of a group"
                            + " without members after offsets.retention.minutes; to deliver all events of the topic,"
                            + " delivered ones too, set spool.kafka.without-offsets=earliest, or set the offsets with"
                            + " kafka-consumer-groups --reset-offsets",
                    null);
        }
        return begin;
    }

    private void begin(Map<TopicPartition, OffsetAndMetadata> missing) {
        if (missing.isEmpty()) {
            return;
        }
        try {
            get(admin.alterConsumerGroupOffsets(group, missing).all());
        } catch (SpoolUnavailable e) {
            boolean isDoneByMembers =
                    e.getCause() instanceof UnknownMemberIdException || e.getCause() instanceof GroupNotEmptyException;
            if (!isDoneByMembers || !get(committed()).keySet().containsAll(missing.keySet())) {
                throw e;
            }
        }
    }

    /**
     * Reads the committed state of a lane.
     *
     * @throws SpoolUnavailable if it can't be read, or there is none
     */
    LaneSnapshot committed(int lane) {
        return Optional.ofNullable(get(committed()).get(topics.eventsOf(lane)))
                .map(LaneSnapshot::read)
                .orElseThrow(() -> new SpoolUnavailable(
                        "spool: " + topics.eventsOf(lane) + " has no committed offset of group " + group, null));
    }

    private KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> committed() {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .thenApply(offsets -> {
                    Map<TopicPartition, OffsetAndMetadata> present = new HashMap<>(offsets);
                    present.values().removeIf(offset -> offset == null);
                    present.keySet().removeIf(partition -> !partition.topic().equals(topics.events()));
                    return present;
                });
    }

    private KafkaFuture<Map<TopicPartition, Long>> offsets(OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> all =
                IntStream.range(0, topics.lanes()).boxed().collect(Collectors.toMap(topics::eventsOf, lane -> spec));
        return admin.listOffsets(all).all().thenApply(infos -> infos.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, info -> info.getValue().offset())));
    }

    /**
     * Reads the state of all lanes again, for {@link #seen}. Completes with the offset after the last event of each
     * lane.
     */
    CompletableFuture<Map<TopicPartition, Long>> refresh() {
        return committed()
                .toCompletionStage()
                .toCompletableFuture()
                .thenCombine(offsets(OffsetSpec.latest()).toCompletionStage(), (offsets, ends) -> {
                    Map<Integer, LaneView> views = new HashMap<>();
                    offsets.forEach((events, offset) ->
                            views.put(events.partition(), LaneView.of(LaneSnapshot.read(offset), 0, ends.get(events))));
                    seen = views;
                    return ends;
                });
    }

    /** The state of a lane about a second ago. */
    LaneView seen(int lane) {
        return seen.getOrDefault(lane, LaneView.of(LaneSnapshot.from(0), 0, 0));
    }

    private static <T> T get(KafkaFuture<T> answer) {
        return SpoolKafkaClients.answer(answer, "spool.kafka.group: offsets not readable");
    }
}
