package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.KafkaSpoolConfig;
import dev.listrakrelay.spool.SpoolLanes;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.lane.ReplayShare;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Creates the parts of a spool, connects them, and closes them in reverse order. */
final class KafkaSpoolWiring implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KafkaSpoolWiring.class);
    private static final Duration LAST_WRITES = Duration.ofSeconds(5);
    private static final int PROBE_SECONDS = 4;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final SpoolTopics topics;
    final LaneViews views;
    final KafkaTally tally;
    final KafkaDeadLetters deadLetters;
    final DeadLetterLog letters;
    final KafkaHistory history;
    final KafkaAmbiguous ambiguous;
    final KafkaIdentities identities;
    final KafkaErasure erasure;
    final KafkaDeliveryLog deliveryLog;
    final LaneAppender appends;
    final LaneBatchTaker taking;
    final LaneSettling settling;
    final LaneMaintenance maintenance;

    KafkaSpoolWiring(
            SpoolLanes spool,
            Lanes lanes,
            SpoolTopics topics,
            KafkaSpoolConfig config,
            SpoolLimits limits,
            Clock clock) {
        this.topics = topics;
        SpoolKafkaClients clients = new SpoolKafkaClients(config);
        try {
            Admin admin = clients.admin();
            open.push(() -> admin.close(Duration.ofSeconds(1)));
            new TopicCheck(admin, config).prepare(topics, limits);
            GroupOffsets offsets = new GroupOffsets(topics, config, admin);
            offsets.check();
            Producer<byte[], byte[]> producer = clients.producer();
            open.push(() -> producer.close(LAST_WRITES));
            RecordWriter writer = new RecordWriter(producer);
            PartitionReader again = closing(new PartitionReader(clients));
            PartitionReader past = closing(new PartitionReader(clients));
            PartitionReader archive = closing(new PartitionReader(clients));
            ScheduledExecutorService background =
                    Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, topics.name() + "-lanes"));
            open.push(background::shutdownNow);

            views = new LaneViews(topics, archive, lanes, offsets);
            tally = new KafkaTally(views);
            StepRing steps = new StepRing(limits.keepsHistory() ? limits.historyEvents() : 0);
            letters = closing(new DeadLetterLog(clients, archive, writer, topics, steps::forget));
            identities = closing(
                    new KafkaIdentities(clients, archive, writer, topics.identities(), limits.identities(), clock));
            history = new KafkaHistory(archive, topics, views, steps, letters, limits.history(), clock);
            ambiguous = new KafkaAmbiguous(history, steps);
            erasure = new KafkaErasure(archive, topics, views, identities, letters, steps);
            deliveryLog = new KafkaDeliveryLog(writer, topics.name(), limits.log());
            ReplayShare share = new ReplayShare(limits.replayPercent(), clock);
            appends = new LaneAppender(topics, writer, lanes, identities, tally, share, clock);
            taking = new LaneBatchTaker(spool, lanes, topics, again, clock);

            Consumer<byte[], byte[]> member = clients.member(GroupOffsets.group(topics, config));
            LaneCommits commits = new LaneCommits(topics, member, clock);
            LaneRecovery recovery = new LaneRecovery(topics, offsets, past, config.rememberedIds());
            LaneAssignments assignments = new LaneAssignments(
                    topics, member, lanes, commits, lane -> assigned(recovery, lane, share), background);
            maintenance = new LaneMaintenance(topics, admin, lanes, offsets, commits, config.rememberedIds());
            closing(new LanePoller(topics, member, lanes, assignments, commits, maintenance));
            // it ends before the poller, because without lanes it knows no pending replayed events
            DeadLetterReplay replay = closing(new DeadLetterReplay(
                    topics, letters, lanes, offsets, appends, steps, share, limits.replayAtOnce(), deliveryLog, clock));
            deadLetters = new KafkaDeadLetters(letters, replay, limits.deadLetters(), clock);
            settling = new LaneSettling(commits, letters, history, deliveryLog, replay::goOn, clock);
        } catch (KafkaException e) {
            close();
            throw new SpoolUnavailable("spool.kafka.brokers: can't be used, " + e.getMessage(), e);
        } catch (SpoolUnavailable e) {
            close();
            throw e;
        }
    }

    private AssignedLane assigned(LaneRecovery recovery, int number, ReplayShare share) {
        AssignedLane lane = new AssignedLane(topics, number, recovery.lane(number), share, tally::count);
        letters.takeBack(number, lane::isPending);
        return lane;
    }

    private <T extends AutoCloseable> T closing(T part) {
        open.push(part);
        return part;
    }

    /** Completes when a record could be written. */
    CompletionStage<Void> probe() {
        return letters.probe()
                .toCompletableFuture()
                .orTimeout(PROBE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(failure -> {
                    throw new SpoolUnavailable("spool: the brokers don't answer, or accept no records", failure);
                });
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warnf("%s: not closed, %s", topics.events(), e.getMessage());
            }
        }
    }
}
