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
     * messageId, mapped with the mapping of then. Seqs that are no dead letters, or wait to be replayed already, are
     * passed over, so replaying twice replays once.
     *
     * <p>Only so many replayed events are pending at a time ({@code spool.replay-at-once}). The others stay dead letters
     * until it is their turn, also through a crash, and are kept that long.
     *
     * @return completes with how many, once it is on disk that they are to be replayed
     */
    CompletionStage<Integer> replay(List<Long> seqs);

    /** The same for all that a search finds, however many; its limit doesn't count. */
    CompletionStage<Integer> replay(Search search);

    /** How many dead letters wait for their turn to be replayed. */
    long waitingForReplay();
}
