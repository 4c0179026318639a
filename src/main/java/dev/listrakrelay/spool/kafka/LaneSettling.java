package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.engine.DeliveryRecord;
import dev.listrakrelay.spool.lane.LaneChange;
import dev.listrakrelay.spool.lane.LaneProgress;
import dev.listrakrelay.spool.lane.TallyCounts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Stores the outcomes of events of a lane: it writes their dead letters and their records of the delivery log first, then
 * commits the lane, and then updates the lane in memory.
 */
final class LaneSettling {

    private final LaneCommits commits;
    private final DeadLetterLog letters;
    private final KafkaHistory history;
    private final KafkaDeliveryLog log;
    private final Runnable settled;
    private final Clock clock;

    /** @param settled runs after each commit that settled events */
    LaneSettling(
            LaneCommits commits,
            DeadLetterLog letters,
            KafkaHistory history,
            KafkaDeliveryLog log,
            Runnable settled,
            Clock clock) {
        this.commits = commits;
        this.letters = letters;
        this.history = history;
        this.log = log;
        this.settled = settled;
        this.clock = clock;
    }

    CompletionStage<Void> settle(AssignedLane lane, Map<Event, Settlement> settlements, List<SentRequest> requests) {
        LaneProgress progress = lane.lane().ledger();
        LaneChange change = progress.change(settlements).without(letters::isForgotten);
        if (change.settled().isEmpty() && !progress.hasMoved()) {
            history.attempted(requests);
            return CompletableFuture.completedFuture(null);
        }
        Instant now = clock.instant();
        List<DeliveryRecord> records =
                log.recorder().settled(change.settled(), requests, progress::attempts, letters::isForgotten, now);
        return letters.add(deadLetters(progress, change, now))
                .thenCombine(log.write(records), (lettersWritten, recordsWritten) -> lettersWritten)
                .thenCompose(nothing -> commits.commit(
                        lane,
                        Optional.of(change),
                        TallyCounts.of(change.settled().values())))
                .thenAccept(replayed -> {
                    history.attempted(requests);
                    history.settled(change.settled(), now);
                    settled.run();
                    // not on the thread that commits, which must not wait for a write
                    CompletableFuture.runAsync(() -> letters.settled(change.done(), replayed));
                });
    }

    private static List<DeadLetter> deadLetters(LaneProgress progress, LaneChange change, Instant now) {
        List<DeadLetter> died = new ArrayList<>();
        change.settled().forEach((event, settlement) -> {
            if (settlement instanceof Settlement.Dead how) {
                int attempts = progress.attempts(event.seq());
                died.add(new DeadLetter(event, how.reason(), how.answer(), how.request(), attempts, now));
            }
        });
        return died;
    }

    /**
     * Commits the pause of a lane, and adds it to the histories of the failed events.
     *
     * @param retried the number of events that are tried again after the pause
     */
    CompletionStage<Void> pause(AssignedLane lane, int retried, String cause) {
        List<Long> failed = lane.lane().ledger().out();
        return commits.commit(lane, Optional.empty(), TallyCounts.retried(retried))
                .thenAccept(nothing -> history.retried(failed, cause, clock.instant()));
    }
}
