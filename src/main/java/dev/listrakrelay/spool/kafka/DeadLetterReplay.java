package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.SpoolLimits;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.lane.ReplayShare;
import java.time.Clock;
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
 * Replays the dead letters that this process is asked for, a few at a time, so that live events never wait behind many of
 * them. It appends the event of a letter anew, under an id made of the letter, and deletes the letter once that is
 * acknowledged. After a crash in between, the lane recognizes the event by its id. What is not replayed by then is a dead
 * letter still.
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
    private final Clock clock;
    private final ScheduledExecutorService worker;
    private final AtomicBoolean isDue = new AtomicBoolean();

    /** The seqs of letters that wait for their turn. */
    private final TreeSet<Long> waiting = new TreeSet<>();

    /** Replayed events in lanes of other processes, as long as they are pending. */
    private final Set<Long> pendingElsewhere = new HashSet<>();

    private int asking;
    private boolean isReplaying;
    private String told = "";

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
            Clock clock) {
        this.topics = topics;
        this.letters = letters;
        this.lanes = lanes;
        this.offsets = offsets;
        this.appends = appends;
        this.history = history;
        this.share = share;
        this.mostPending = limits.replayAtOnce();
        this.clock = clock;
        this.worker = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, topics.name() + "-replay"));
        worker.scheduleWithFixedDelay(this::go, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Somebody asks for a replay. Until {@link #asked}, letters may be added. */
    synchronized void asking() {
        asking++;
        begin();
    }

    /** Lets letters wait for their turn. Returns how many of them did not yet. */
    synchronized int add(List<Long> seqs) {
        int before = waiting.size();
        seqs.stream().filter(letters::holds).forEach(waiting::add);
        return waiting.size() - before;
    }

    /** Completes when as many events are replayed as may be for now. */
    CompletableFuture<Void> asked() {
        synchronized (this) {
            asking--;
        }
        return CompletableFuture.runAsync(this::go, worker);
    }

    /** How many letters wait for their turn. */
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

    /** Events were settled, so that there may be room for the next letters. */
    void goOn() {
        if (isAnyWaiting() && isDue.compareAndSet(false, true)) {
            try {
                worker.execute(this::go);
            } catch (RejectedExecutionException e) {
                // closed
            }
        }
    }

    private void go() {
        isDue.set(false);
        try {
            for (List<Long> next = next(); !next.isEmpty(); next = next()) {
                replay(next);
                share.used(next.size());
                remove(next);
                told = "";
            }
        } catch (RuntimeException e) {
            if (!told.equals(String.valueOf(e.getMessage()))) {
                LOG.warnf("%s: dead letters can't be replayed for now, %s", topics.name(), e.getMessage());
                told = String.valueOf(e.getMessage());
            }
        }
    }

    private synchronized void remove(List<Long> seqs) {
        seqs.forEach(waiting::remove);
    }

    /** The letters whose turn it is. */
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
        // before its lane is read it is not known how many are pending in it
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
        letForgottenGo(gone, appended);
        SpoolUnavailable.await(letters.remove(gone));
        for (int i = 0; i < gone.size(); i++) {
            isReplayed(gone.get(i), appended.get(i));
        }
        letters.awaitCurrent();
    }

    /** A letter may have been forgotten while its event was appended. */
    private void letForgottenGo(List<Long> gone, List<Long> appended) {
        letters.awaitCurrent();
        List<Long> forgotten = new ArrayList<>();
        for (int i = 0; i < gone.size(); i++) {
            if (letters.isForgotten(gone.get(i))) {
                forgotten.add(appended.get(i));
            }
        }
        SpoolUnavailable.await(letters.markForgotten(true, forgotten));
    }

    private synchronized void isReplayed(long letter, long seq) {
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
