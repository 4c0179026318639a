package dev.listrakrelay.spool;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds and replays the dead letters of a spool, and replays its dropped events. */
public interface DeadLetters {

    /** Finds dead letters, newest first, without their payloads. */
    List<DeadLetter> find(Search search);

    /** Returns a dead letter with its payload. */
    Optional<DeadLetter> get(long seq);

    /**
     * Replays dead letters: each becomes a pending event at the end of its lane, with its own messageId, in the order
     * of the first arrival. It is mapped with the mapping that is active then. Seqs that are no dead letters, or wait
     * for a replay already, are ignored, so two replays at once replay each one once.
     *
     * <p>At most {@code spool.replay-at-once} replayed events are pending at a time. The other dead letters wait for
     * their turn, also after a crash, and are not deleted meanwhile.
     *
     * @return completes with their number, once the request is on disk
     */
    CompletionStage<Integer> replay(List<Long> seqs);

    /** Replays all dead letters that a search finds. The limit of the search doesn't count. */
    CompletionStage<Integer> replay(Search search);

    /**
     * Replays dropped events as {@link #replay} replays dead letters: at the same pace, and in one order with them. An
     * event gets an e-mail that was learned meanwhile. Seqs are ignored if their events are not dropped, wait for a
     * replay already, or are no longer kept. So two calls replay each event once. An event that waits is not deleted.
     *
     * @return completes with the number of events, once the request is on disk; fails with {@link
     *     UnsupportedOperationException} and the reason if this spool can't replay dropped events
     */
    default CompletionStage<Integer> replayDropped(Collection<Long> seqs) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException(
                "spool.engine=kafka: dropped events can't be replayed, because each process keeps their outcomes in its"
                        + " memory, so none knows what another one has replayed"));
    }

    /** The number of dead letters and dropped events that wait for their replay. */
    long waitingForReplay();
}
