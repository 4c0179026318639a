package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.DeadLetter;
import dev.listrakrelay.spool.DeadLetters;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps those that could not be delivered; a stub. */
final class KafkaDeadLetters implements DeadLetters {

    /** Completes once the letter is on the brokers. */
    CompletionStage<Void> died(Event event, Settlement.Dead how, int attempts, Instant at) {
        return CompletableFuture.completedFuture(null);
    }

    /** A lane became ours, with all that is in its ledger. */
    void owned(OwnedLane lane) {}

    /** It is ours no more. */
    void givenUp(int lane) {}

    @Override
    public List<DeadLetter> find(Search search) {
        return List.of();
    }

    @Override
    public Optional<DeadLetter> get(long seq) {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Integer> replay(List<Long> seqs) {
        return CompletableFuture.completedFuture(0);
    }

    @Override
    public CompletionStage<Integer> replay(Search search) {
        return CompletableFuture.completedFuture(0);
    }

    @Override
    public long waitingForReplay() {
        return 0;
    }
}
