package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.KafkaSpoolConfig;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.lane.ReplayShare;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Puts a spool together: its clients, what they write and read for, and in which order they go. */
final class SpoolParts implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SpoolParts.class);
    private static final Duration LAST_WRITES = Duration.ofSeconds(5);

    private static final int PROBE_SECONDS = 4;

    /** Events wait so many milliseconds for others, and travel together. */
    private static final int LINGER = 5;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Opening opening;
    private final Lanes lanes;
    private final KafkaTally tally;
    private final KafkaDeadLetters letters;
    private final KafkaHistory history;
    private final KafkaIdentities identities;
    private final KafkaForgotten forgotten;
    private final Appends appends;
    private final Taking taking;
    private final Admin admin;
    private final Producer<byte[], byte[]> ledgers;
    private final PartitionReader past;
    private final ScheduledExecutorService background;
    private final BringBack bringBack;
    private final ReplayShare share;
    private final Upkeep upkeep;

    /** What a spool is opened with. */
    record Opening(SpoolTopics topics, KafkaSpoolConfig config, SpoolLimits retention, Clock clock) {}

    SpoolParts(Spool spool, Lanes lanes, Opening opening) {
        this.opening = opening;
        this.lanes = lanes;
        SpoolTopics topics = opening.topics();
        Clock clock = opening.clock();
        Clients clients = new Clients(opening.config());
        try {
            admin = closing(clients.admin(), admin -> admin.close(Duration.ofSeconds(1)));
            new TopicCheck(admin, opening.config()).prepare(topics, opening.retention());
            Producer<byte[], byte[]> events = closing(clients.producer(LINGER, "lz4"), last -> last.close(LAST_WRITES));
            ledgers = closing(clients.producer(0, "none"), last -> last.close(LAST_WRITES));
            past = closing(new PartitionReader(clients), PartitionReader::close);
            PartitionReader again = closing(new PartitionReader(clients), PartitionReader::close);
            background = closing(
                    Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, topics.name() + "-lanes")),
                    ScheduledExecutorService::shutdownNow);
            tally = new KafkaTally(lanes);
            PartitionReader archive = closing(new PartitionReader(clients), PartitionReader::close);
            Writer writer = new Writer(events);
            SpoolLimits retention = opening.retention();
            StepRing steps = new StepRing(retention.keepsHistory() ? retention.historyEvents() : 0);
            LetterLog log = closing(new LetterLog(clients, archive, writer, topics, steps::forget), LetterLog::close);
            identities = closing(
                    new KafkaIdentities(clients, archive, writer, topics.identities(), retention.identities(), clock),
                    KafkaIdentities::close);
            LaneViews views = new LaneViews(topics, archive, lanes);
            history = new KafkaHistory(archive, topics, views::of, steps, log, retention.history(), clock);
            forgotten = new KafkaForgotten(archive, topics, views::of, identities, log, steps);
            appends = new Appends(topics, events, lanes, identities, tally, clock);
            share = new ReplayShare(retention.replayPercent(), clock);
            Replaying replaying = new Replaying(topics, log, lanes, appends, steps, clock);
            ReplayFeed feed = closing(
                    new ReplayFeed(topics.name(), log, lanes, replaying, share, retention.replayAtOnce()),
                    ReplayFeed::close);
            letters = new KafkaDeadLetters(log, feed, retention.deadLetters(), clock);
            taking = new Taking(spool, lanes, topics, again, clock);
            int remembered = opening.config().rememberedIds();
            bringBack = new BringBack(topics, ledgers, past, remembered);
            bringBack.check();
            Consumer<byte[], byte[]> member = clients.member(opening.config().group() + "." + topics.name());
            Handover handover = new Handover(topics.events(), member, lanes, this::bringBack, background);
            upkeep = new Upkeep(topics, admin, lanes, remembered);
            closing(new LaneReader(topics, member, lanes, handover, upkeep), LaneReader::close)
                    .start();
        } catch (KafkaException e) {
            close();
            throw new SpoolUnavailable("spool.kafka.brokers: can't be used, " + e.getMessage(), e);
        } catch (SpoolUnavailable e) {
            close();
            throw e;
        }
    }

    private interface Closing<T> {
        void of(T part) throws Exception;
    }

    private <T> T closing(T part, Closing<T> how) {
        open.push(() -> how.of(part));
        return part;
    }

    private Lanes.Held bringBack(int lane) {
        BringBack.Stand stand = bringBack.lane(lane);
        LedgerWriter ledger = new LedgerWriter(
                ledgers, past, background, opening.topics().ledgerOf(lane), stand.epoch(), stand.begun());
        OwnedLane owned = new OwnedLane(opening.topics(), lane, stand, ledger, share, tally::count);
        letters.owned(owned);
        return new Lanes.Held(owned, new LaneSettling(owned, letters, history, forgotten, opening.clock()));
    }

    Appends appends() {
        return appends;
    }

    Taking taking() {
        return taking;
    }

    Upkeep upkeep() {
        return upkeep;
    }

    KafkaTally tally() {
        return tally;
    }

    KafkaDeadLetters letters() {
        return letters;
    }

    KafkaHistory history() {
        return history;
    }

    KafkaIdentities identities() {
        return identities;
    }

    KafkaForgotten forgotten() {
        return forgotten;
    }

    /** Completes once something was written of a lane of ours, or, where there is none, the cluster answered. */
    CompletionStage<Void> probe() {
        return lanes.all()
                .findFirst()
                .map(held -> held.lane().ledger().probe().<Void>thenApply(offset -> null))
                .orElseGet(this::reachable)
                .orTimeout(PROBE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(failure -> {
                    throw new SpoolUnavailable("spool: the brokers don't answer, or take nothing", failure);
                });
    }

    private CompletableFuture<Void> reachable() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        admin.describeCluster().nodes().whenComplete((nodes, failure) -> {
            if (failure == null) {
                answered.complete(null);
            } else {
                answered.completeExceptionally(
                        new SpoolUnavailable("spool: no answer from the brokers, " + failure.getMessage(), failure));
            }
        });
        return answered;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warnf("%s: not closed, %s", opening.topics().events(), e.getMessage());
            }
        }
    }
}
