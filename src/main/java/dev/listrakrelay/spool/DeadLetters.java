package dev.listrakrelay.spool;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds and replays the dead letters of a spool. */
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

    /** The number of dead letters that wait for their replay. */
    long waitingForReplay();
}
