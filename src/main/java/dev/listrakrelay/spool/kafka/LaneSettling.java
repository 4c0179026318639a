package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.SentRequest;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.engine.DeliveryRecorder;
import dev.listrakrelay.spool.lane.LaneChange;
import dev.listrakrelay.spool.lane.TallyCounts;
import java.time.Clock;
import java.time.Instant;
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
    private final KafkaErasure erasure;
    private final DeliveryRecorder recorder;
    private final KafkaDeliveryLog log;
    private final Runnable settled;
    private final Clock clock;

    /** @param settled runs after each commit that settled events */
    LaneSettling(
            LaneCommits commits,
            DeadLetterLog letters,
            KafkaHistory history,
            KafkaErasure erasure,
            DeliveryRecorder recorder,
            KafkaDeliveryLog log,
            Runnable settled,
            Clock clock) {
        this.commits = commits;
        this.letters = letters;
        this.history = history;
        this.erasure = erasure;
        this.recorder = recorder;
        this.log = log;
        this.settled = settled;
        this.clock = clock;
    }

    CompletionStage<Void> settle(AssignedLane lane, Map<Event, Settlement> settlements, List<SentRequest> requests) {
        LaneChange change = erasure.without(lane.lane().ledger().change(settlements));
        if (change.settled().isEmpty() && !lane.lane().ledger().hasMoved()) {
            history.attempted(requests);
            return CompletableFuture.completedFuture(null);
        }
        Instant now = clock.instant();
        return deadLetters(lane, change, now)
                .thenCombine(records(lane, change, requests, now), (letters, records) -> letters)
                .thenCompose(nothing -> commits.commit(
                        lane,
                        Optional.of(change),
                        TallyCounts.of(change.settled().values())))
                .thenAccept(replayed -> {
                    history.attempted(requests);
                    history.settled(change.settled(), now);
                    settled.run();
                    // not on the thread that commits, which must not wait for a write
                    CompletableFuture.runAsync(() -> {
                        erasure.settled(change);
                        letters.removeIfThere(replayed);
                    });
                });
    }

    private CompletableFuture<Void> deadLetters(AssignedLane lane, LaneChange change, Instant now) {
        return CompletableFuture.allOf(change.settled().entrySet().stream()
                .filter(event -> event.getValue() instanceof Settlement.Dead)
                .map(event -> letters.add(
                                event.getKey(),
                                (Settlement.Dead) event.getValue(),
                                lane.lane().ledger().attempts(event.getKey().seq()),
                                now)
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private CompletionStage<Void> records(
            AssignedLane lane, LaneChange change, List<SentRequest> requests, Instant now) {
        return recorder.isOn()
                ? log.write(recorder.settled(
                        change.settled(), requests, lane.lane().ledger()::attempts, erasure::holds, now))
                : CompletableFuture.completedFuture(null);
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
