package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.log.LogRateLimiter;
import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.engine.DeliveryRecord;
import dev.listrakrelay.spool.lane.ReplayShare;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Replays the dead letters that this process is asked to replay, a few at a time, so that live events never wait behind
 * many replayed ones.
 *
 * <p>It appends the event of a dead letter again, with an id that is derived from the dead letter. When the event is on
 * disk, it deletes the dead letter. If a crash comes in between and the dead letter is replayed again, the lane skips
 * the second copy, because it has the same id. Requests are only in memory: after a crash, dead letters that were not
 * replayed stay dead letters.
 */
final class DeadLetterReplay implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DeadLetterReplay.class);
    private static final int AT_ONCE = 100;
    private static final long LOOK_EVERY_MILLIS = 250;

    private final SpoolTopics topics;
    private final DeadLetterLog letters;
    private final Lanes lanes;
    private final GroupOffsets offsets;
    private final LaneAppender appends;
    private final StepRing history;
    private final ReplayShare share;
    private final int mostPending;
    private final KafkaDeliveryLog log;
    private final Clock clock;
    private final ScheduledExecutorService worker;

    /** The seqs of the dead letters that wait for their turn, in order. */
    private final Set<Long> waiting = new ConcurrentSkipListSet<>();

    /** The seqs of pending replayed events in lanes of other processes. */
    private final Set<Long> pendingElsewhere = new HashSet<>();

    private final LogRateLimiter lines = LogRateLimiter.onceUntilEnded();

    /**
     * @param share limits replayed events to a share of the live ones
     * @param mostPending the most replayed events that are pending at a time
     */
    DeadLetterReplay(
            SpoolTopics topics,
            DeadLetterLog letters,
            Lanes lanes,
            GroupOffsets offsets,
            LaneAppender appends,
            StepRing history,
            ReplayShare share,
            int mostPending,
            KafkaDeliveryLog log,
            Clock clock) {
        this.topics = topics;
        this.letters = letters;
        this.lanes = lanes;
        this.offsets = offsets;
        this.appends = appends;
        this.history = history;
        this.share = share;
        this.mostPending = mostPending;
        this.log = log;
        this.clock = clock;
        this.worker = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, topics.name() + "-replay"));
        worker.scheduleWithFixedDelay(this::replayAllowed, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Replays dead letters. Completes when a limit is reached, or no dead letter waits any more.
     *
     * @param chosen returns the seqs of dead letters; others are ignored
     * @return the number of those that did not wait before
     */
    CompletionStage<Integer> start(Supplier<List<Long>> chosen) {
        if (waiting.isEmpty()) {
            share.begin();
        }
        return CompletableFuture.supplyAsync(() -> add(chosen.get())).thenApplyAsync(this::replayed, worker);
    }

    private int add(List<Long> seqs) {
        letters.awaitCurrent();
        // in order, because the first ones are replayed while later ones are still added
        return (int) seqs.stream()
                .sorted()
                .filter(letters::holds)
                .filter(waiting::add)
                .count();
    }

    private int replayed(int asked) {
        replayAllowed();
        return asked;
    }

    /** The number of dead letters that wait for their turn. */
    long waiting() {
        waiting.removeIf(seq -> !letters.holds(seq));
        return waiting.size();
    }

    /** Replays the next dead letters. Call it when events were settled, because a limit may no longer be reached. */
    void goOn() {
        if (!waiting.isEmpty()) {
            try {
                worker.execute(this::replayAllowed);
            } catch (RejectedExecutionException e) {
                // closed
            }
        }
    }

    private void replayAllowed() {
        try {
            for (List<Long> next = next(); !next.isEmpty(); next = next()) {
                share.used(replay(next));
                next.forEach(waiting::remove);
                lines.end(topics.name());
            }
        } catch (RuntimeException e) {
            if (lines.isDue(topics.name())) {
                LOG.warnf("%s: dead letters can't be replayed for now, %s", topics.name(), e.getMessage());
            }
        }
    }

    /** The dead letters to replay now; empty if a limit is reached, or none waits. */
    private List<Long> next() {
        int allowed = share.allowed(Math.min(AT_ONCE, mostPending - pending()));
        // until its lane is read, the number of its pending replayed events is unknown
        return waiting.stream()
                .filter(seq -> lanes.get(topics.lane(seq))
                        .map(AssignedLane::isReadSinceAssigned)
                        .orElse(true))
                .limit(Math.max(0, allowed))
                .toList();
    }

    private int pending() {
        pendingElsewhere.removeIf(seq -> lanes.get(topics.lane(seq)).isPresent()
                || !offsets.seen(topics.lane(seq)).isPending(topics.offset(seq)));
        return pendingElsewhere.size()
                + lanes.all().mapToInt(AssignedLane::pendingReplays).sum();
    }

    /** Replays those of these events that are dead letters. Returns their number. */
    private int replay(List<Long> seqs) {
        List<DeadLetter> replayed = letters.read(seqs);
        List<CompletableFuture<Long>> sent =
                replayed.stream().map(appends::replay).toList();
        List<Long> appended = sent.stream().map(SpoolUnavailable::await).toList();
        letters.awaitCurrent();
        List<Long> forgotten = new ArrayList<>();
        List<DeliveryRecord> records = new ArrayList<>();
        for (int i = 0; i < appended.size(); i++) {
            DeadLetter letter = replayed.get(i);
            if (letters.isForgotten(letter.event().seq())) {
                // it was forgotten while it was appended
                forgotten.add(appended.get(i));
            } else {
                log.recorder()
                        .replayed(letter.event(), letter.reason(), clock.instant())
                        .ifPresent(records::add);
            }
        }
        SpoolUnavailable.await(letters.markForgotten(true, forgotten));
        SpoolUnavailable.await(log.write(records));
        SpoolUnavailable.await(letters.remove(
                replayed.stream().map(letter -> letter.event().seq()).toList()));
        for (int i = 0; i < appended.size(); i++) {
            note(replayed.get(i).event().seq(), appended.get(i));
        }
        letters.awaitCurrent();
        return appended.size();
    }

    private void note(long letter, long seq) {
        history.add(List.of(letter), new EventStep(clock.instant(), "replayed", "as " + seq));
        history.add(List.of(seq), new EventStep(clock.instant(), "accepted", "replay of " + letter));
        if (lanes.get(topics.lane(seq)).isEmpty()) {
            pendingElsewhere.add(seq);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
        try {
            worker.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
