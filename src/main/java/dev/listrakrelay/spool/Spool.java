package dev.listrakrelay.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Keeps events safe between the door and their destination, in the order accepted, until each is settled.
 *
 * <p>Events are spread over lanes by contact. A lane hands out one batch at a time, so the events of one contact never
 * overtake each other. Every engine passes {@code SpoolContractTest}.
 */
public interface Spool extends AutoCloseable {

    /** In the tally: what was dropped, and was made a pending event again. */
    String REPLAYED_DROPPED = "replayed_dropped";

    /** How many lanes there are; a lane is numbered from 0. */
    int lanes();

    /**
     * Stores the events in one transaction; those seen before (same source and messageId within 24 h) are passed over.
     *
     * @return completes with the number newly stored once they are on disk, fails with {@link SpoolUnavailable} if they
     *     are not
     */
    CompletionStage<Integer> append(List<Event> events);

    /**
     * Claims the next due events of a lane, first come first; at most one batch of a lane is out at a time.
     *
     * @param max the most events to take, 1 or more; fewer are taken when they are large (1 MB together)
     * @param linger how long to wait for more when fewer than {@code max} are there
     * @param patience how long to wait for the first one
     * @return empty if nothing became due in time
     */
    Optional<Batch> take(int lane, int max, Duration linger, Duration patience) throws InterruptedException;

    /**
     * Writes what became of some events of a lane's batch; what isn't named stays claimed, and what isn't of the batch,
     * or was settled before, is passed over. A lane's next call waits for this one's end.
     *
     * @return completes when it is on disk
     */
    default CompletionStage<Void> settle(int lane, Map<Event, Settlement> settlements) {
        return settle(lane, settlements, List.of());
    }

    /** The same, and notes in the history of events which requests carried them. */
    CompletionStage<Void> settle(int lane, Map<Event, Settlement> settlements, List<SentRequest> requests);

    /** Ends the claim on a lane's batch: whatever was not settled is due again. */
    void release(int lane);

    /**
     * Lets a lane rest until its destination may be well again; once it is on disk it outlasts a restart.
     *
     * @param events how many have to be tried again for it
     * @param cause what failed
     * @return completes when it is on disk; the lane rests in any case
     */
    CompletionStage<Void> pause(int lane, Duration rest, int events, String cause);

    /**
     * Whether a lane is going to another process, or went there, since its batch was handed out: what of that is not sent
     * yet must not be.
     */
    default boolean isHandedOver(int lane) {
        return false;
    }

    /** How many times in a row a lane was paused without a delivery in between. */
    int pauses(int lane);

    /** How many events are not settled. */
    long pending();

    /** When the oldest event that is not settled was accepted. */
    Optional<Instant> oldestPending();

    /**
     * How many events ended how since the spool was made: accepted = delivered + dropped + dead + forwarded +
     * pending.
     * What is replayed is no longer dead or dropped, and counts as replayed or replayed_dropped beside this sum.
     */
    Map<Outcome, Long> tally();

    /** The same as far as this process did it; never less than before, but for what is replayed. */
    default Map<Outcome, Long> counted() {
        return tally();
    }

    /** Tells each line of the tally once: those that are there, and every new one when it comes. */
    void onNewOutcome(Consumer<Outcome> listener);

    /** Completes once something could be written to disk; fails where {@link #append} would. */
    CompletionStage<Void> probe();

    /** How each lane fares, in order. */
    List<LaneState> laneStates();

    /** What became of events. */
    EventHistory history();

    /** Those that could not be delivered. */
    DeadLetters deadLetters();

    /**
     * Makes pending events of dropped ones, as {@link DeadLetters#replay} does of dead letters: at the same pace, and in one
     * order with them. An e-mail that was learned since counts. Seqs whose events are not dropped, wait to be replayed
     * already, or are not kept any more are passed over, so replaying twice replays once. What waits is kept.
     *
     * @return completes with how many, once it is on disk that they are to be replayed; fails with {@link
     *     UnsupportedOperationException} if this spool can't, and says why
     */
    default CompletionStage<Integer> replayDropped(Collection<Long> seqs) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException(
                "spool.engine=kafka: dropped events can't be replayed, because each process keeps their outcomes in its"
                        + " memory, so none knows what another one has replayed"));
    }

    /** Whom it knows by earlier events. */
    Identities identities();

    /**
     * Forgets a contact: every event that is of this e-mail, is of a userId or anonymousId that stands for it, or mentions
     * it anywhere, with its history and its dead letter. What is pending loses all that is in it at once, and is dropped as
     * {@code forgotten} when its turn comes. What comes later is new. Returns when it is on disk, which may take seconds.
     *
     * @param email in lower case
     */
    Forgotten forget(String email);

    /** Whether an event was forgotten while it is pending, so that it must not be sent though it was handed out. */
    boolean isForgotten(Event event);

    @Override
    void close();

    /**
     * A line of the tally.
     *
     * @param name accepted, delivered, forwarded, dropped, dead, retried, replayed or replayed_dropped
     * @param reason why it was dropped or dead, also before it was replayed; to whom it was handed on; empty for the others
     */
    record Outcome(String name, String reason) {}
}
