package dev.listrakrelay.spool;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The events of a spool that could not be delivered, kept until they are replayed or forgotten. */
public interface DeadLetters {

    /** Those that a search finds, newest first, without their payloads. */
    List<DeadLetter> find(Search search);

    /** One with its payload. */
    Optional<DeadLetter> get(long seq);

    /**
     * Makes pending events of dead letters: at the end of their lanes, in the order they came first, under their own
     * messageId, mapped with the mapping of then. Seqs that are no dead letters are passed over, so replaying twice
     * replays once.
     *
     * @return completes with how many when they are on disk
     */
    CompletionStage<Integer> replay(List<Long> seqs);

    /**
     * The same for all that a search finds, however many; its limit doesn't count. Each thousand is a transaction: whoever
     * dies in between has replayed some, and the others are dead letters still.
     */
    CompletionStage<Integer> replay(Search search);
}
