package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.lane.ReplayShare;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Lets the dead letters that wait in this process's lanes become events, a little at a time, so that live events never wait
 * behind many of them.
 */
final class ReplayFeed implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ReplayFeed.class);
    private static final int CHUNK = 100;
    private static final long LOOK_EVERY_MILLIS = 250;

    private final String name;
    private final LetterLog letters;
    private final Lanes lanes;
    private final Replaying replaying;
    private final int mostPending;
    private final ReplayShare share;
    private final AtomicBoolean isDue = new AtomicBoolean();
    private final ScheduledExecutorService worker;
    private int asked;
    private boolean isReplaying;
    private String told = "";

    /** @param mostPending how many replayed events may be pending at a time, in the lanes of all processes */
    ReplayFeed(String name, LetterLog letters, Lanes lanes, Replaying replaying, ReplayShare share, int mostPending) {
        this.name = name;
        this.letters = letters;
        this.lanes = lanes;
        this.replaying = replaying;
        this.mostPending = mostPending;
        this.share = share;
        this.worker = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name + "-replay"));
        worker.scheduleWithFixedDelay(this::feed, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Someone asks for a replay; until {@link #asked} it may be that no letter waits yet. */
    synchronized void asking() {
        asked++;
        begin();
    }

    /** It is on disk what is to be replayed; completes when as many as may be are pending. */
    CompletableFuture<Void> asked() {
        synchronized (this) {
            asked--;
        }
        return CompletableFuture.runAsync(this::feed, worker);
    }

    private void begin() {
        if (!isReplaying) {
            isReplaying = true;
            share.begin();
        }
    }

    /** Lets the next ones come where there may be room for them. */
    void goOn() {
        if (letters.waiting() > 0 && isDue.compareAndSet(false, true)) {
            try {
                worker.execute(this::feed);
            } catch (RejectedExecutionException e) {
                // closed
            }
        }
    }

    private void feed() {
        isDue.set(false);
        try {
            for (List<LetterLane.Place> next = next(); !next.isEmpty(); next = next()) {
                share.used(replaying.replay(next));
                told = "";
            }
        } catch (RuntimeException e) {
            if (!told.equals(String.valueOf(e.getMessage()))) {
                LOG.warnf("%s: dead letters can't be replayed for now, %s", name, e.getMessage());
                told = String.valueOf(e.getMessage());
            }
        }
    }

    /** The letters whose turn it is. */
    private List<LetterLane.Place> next() {
        Set<Integer> ready = new HashSet<>();
        int[] pending = {0};
        lanes.all().map(Lanes.Held::lane).forEach(lane -> {
            pending[0] += lane.replays().count();
            // before that it isn't known how many are pending in it
            if (lane.isReadSinceOurs()) {
                ready.add(lane.number());
            }
        });
        boolean isAnyWaiting =
                ready.stream().anyMatch(lane -> letters.lanes().get(lane).waiting() > 0);
        synchronized (this) {
            if (isAnyWaiting) {
                begin();
            } else {
                isReplaying = asked > 0;
            }
        }
        // so that all processes together let no more be pending
        int most = Math.max(1, (int) ((long) mostPending * ready.size() / lanes.count()));
        int room = Math.max(0, Math.min(CHUNK, most - pending[0]));
        return isAnyWaiting ? letters.nextWaiting(ready, share.allowed(room)) : List.of();
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
