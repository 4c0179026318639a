package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.engine.DeliveryRecorder;
import dev.listrakrelay.spool.lane.ReplayShare;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final DeliveryRecorder recorder;
    private final KafkaDeliveryLog log;
    private final Clock clock;
    private final ScheduledExecutorService worker;
    private final AtomicBoolean isDue = new AtomicBoolean();

    /** The seqs of the dead letters that wait for their turn. */
    private final TreeSet<Long> waiting = new TreeSet<>();

    /** The seqs of pending replayed events in lanes of other processes. */
    private final Set<Long> pendingElsewhere = new HashSet<>();

    /** The number of requests that still add dead letters. */
    private int asking;

    private boolean isReplaying;
    private String lastWarning = "";

    /** @param share limits replayed events to a share of the live ones */
    DeadLetterReplay(
            SpoolTopics topics,
            DeadLetterLog letters,
            Lanes lanes,
            GroupOffsets offsets,
            LaneAppender appends,
            StepRing history,
            ReplayShare share,
            SpoolLimits limits,
            DeliveryRecorder recorder,
            KafkaDeliveryLog log,
            Clock clock) {
        this.topics = topics;
        this.letters = letters;
        this.lanes = lanes;
        this.offsets = offsets;
        this.appends = appends;
        this.history = history;
        this.share = share;
        this.mostPending = limits.replayAtOnce();
        this.recorder = recorder;
        this.log = log;
        this.clock = clock;
        this.worker = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, topics.name() + "-replay"));
        worker.scheduleWithFixedDelay(this::replayAllowed, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins a request. Call {@link #asked} after its dead letters are added. */
    synchronized void asking() {
        asking++;
        begin();
    }

    /** Adds dead letters to those that wait for their turn. Returns how many did not wait before. */
    synchronized int add(List<Long> seqs) {
        int before = waiting.size();
        seqs.stream().filter(letters::holds).forEach(waiting::add);
        return waiting.size() - before;
    }

    /** Ends a request. Completes when a limit is reached, or no dead letter waits any more. */
    CompletableFuture<Void> asked() {
        synchronized (this) {
            asking--;
        }
        return CompletableFuture.runAsync(this::replayAllowed, worker);
    }

    /** The number of dead letters that wait for their turn. */
    synchronized long waiting() {
        waiting.removeIf(seq -> !letters.holds(seq));
        return waiting.size();
    }

    private synchronized boolean isAnyWaiting() {
        return !waiting.isEmpty();
    }

    synchronized boolean isWaiting(long seq) {
        return waiting.contains(seq);
    }

    private void begin() {
        if (!isReplaying) {
            isReplaying = true;
            share.begin();
        }
    }

    /** Replays the next dead letters. Call it when events were settled, because a limit may no longer be reached. */
    void goOn() {
        if (isAnyWaiting() && isDue.compareAndSet(false, true)) {
            try {
                worker.execute(this::replayAllowed);
            } catch (RejectedExecutionException e) {
                // closed
            }
        }
    }

    /** Replays dead letters until a limit is reached, or none waits any more. */
    private void replayAllowed() {
        isDue.set(false);
        try {
            for (List<Long> next = next(); !next.isEmpty(); next = next()) {
                replay(next);
                share.used(next.size());
                remove(next);
                lastWarning = "";
            }
        } catch (RuntimeException e) {
            if (!lastWarning.equals(String.valueOf(e.getMessage()))) {
                LOG.warnf("%s: dead letters can't be replayed for now, %s", topics.name(), e.getMessage());
                lastWarning = String.valueOf(e.getMessage());
            }
        }
    }

    private synchronized void remove(List<Long> seqs) {
        seqs.forEach(waiting::remove);
    }

    /** The dead letters to replay now; empty if a limit is reached, or none waits. */
    private synchronized List<Long> next() {
        while (!waiting.isEmpty() && !letters.holds(waiting.first())) {
            waiting.pollFirst();
        }
        if (waiting.isEmpty()) {
            isReplaying = asking > 0;
            return List.of();
        }
        begin();
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

    private void replay(List<Long> seqs) {
        record Replayed(DeadLetter letter, CompletableFuture<Long> seq) {}
        List<Replayed> replayed = letters.read(seqs).stream()
                .map(letter -> new Replayed(
                        letter,
                        appends.replay(
                                letter.event(),
                                new EventRecord.Replay(letter.event().seq(), letter.reason()))))
                .toList();
        List<Long> gone = new ArrayList<>();
        List<Long> appended = new ArrayList<>();
        for (Replayed each : replayed) {
            appended.add(SpoolUnavailable.await(each.seq()));
            gone.add(each.letter().event().seq());
        }
        markForgottenReplays(gone, appended);
        logReplayed(replayed.stream().map(Replayed::letter).toList());
        SpoolUnavailable.await(letters.remove(gone));
        for (int i = 0; i < gone.size(); i++) {
            noteReplayed(gone.get(i), appended.get(i));
        }
        letters.awaitCurrent();
    }

    /** Writes the replayed dead letters into the delivery log, if it is on. */
    private void logReplayed(List<DeadLetter> replayed) {
        Instant now = clock.instant();
        SpoolUnavailable.await(log.write(replayed.stream()
                .filter(letter -> !letters.isForgotten(letter.event().seq()))
                .flatMap(letter -> recorder.replayed(letter.event(), letter.reason(), now).stream())
                .toList()));
    }

    /** Marks new events as forgotten whose dead letters were forgotten while they were appended. */
    private void markForgottenReplays(List<Long> gone, List<Long> appended) {
        letters.awaitCurrent();
        List<Long> forgotten = new ArrayList<>();
        for (int i = 0; i < gone.size(); i++) {
            if (letters.isForgotten(gone.get(i))) {
                forgotten.add(appended.get(i));
            }
        }
        SpoolUnavailable.await(letters.markForgotten(true, forgotten));
    }

    private synchronized void noteReplayed(long letter, long seq) {
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
