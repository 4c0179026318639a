package dev.listrakrelay.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Hands out the due events of each lane, one batch at a time, and writes their outcomes.
 *
 * <p>Events are spread over lanes by contact, so the events of one contact never overtake each other.
 */
public interface SpoolLanes {

    /** The number of lanes. The first one has the number 0. */
    int lanes();

    /**
     * Claims the next due events of a lane, in order, and writes nothing. A lane has at most one batch out at a time.
     *
     * <p>The batch can have forgotten events, which {@link Batch#dropForgotten} drops. It has no events if all due ones
     * wait for an earlier event of their contact. {@link Batch#commit} then writes that the lane has passed them.
     *
     * @param max the most events, 1 or more; large events make a smaller batch (1 MB)
     * @param linger how long after the lane's last batch to wait for more events if there are fewer than {@code max}
     * @param patience how long to wait for the first event
     * @return empty if no event became due in time
     */
    Optional<Batch> take(int lane, int max, Duration linger, Duration patience) throws InterruptedException;

    /**
     * Writes the outcomes of some events of a lane's batch. The other events of the batch stay claimed. Events that are
     * not in the batch, or are settled already, are ignored. Wait for the result before the next call for the lane.
     *
     * @return completes when the outcomes are on disk
     */
    default CompletionStage<Void> settle(int lane, Map<Event, Settlement> settlements) {
        return settle(lane, settlements, List.of());
    }

    /** Writes outcomes, and the requests that carried the events, which become steps of their histories. */
    CompletionStage<Void> settle(int lane, Map<Event, Settlement> settlements, List<SentRequest> requests);

    /**
     * Notes which events a lane is sending now. The note survives a kill of the process; it costs no fsync.
     *
     * @throws SpoolUnavailable if it can't be noted; then the request must not be sent
     */
    default void sending(int lane, List<Long> seqs, Instant now) {}

    /** Removes the note of {@link #sending}, because the outcome is on disk, or nothing was accepted. */
    default void sendingEnded(int lane) {}

    /** Whether an earlier process may have sent a pending event. Kafka's engine does not know it. */
    default boolean mayHaveBeenSent(Event event) {
        return false;
    }

    /** Whether a pending event was forgotten. Such an event must not be sent, even if its batch has left the spool. */
    boolean isForgotten(Event event);

    /** Ends the claim on a lane's batch. Events that are not settled are due again. */
    void release(int lane);

    /**
     * Pauses a lane, because its destination may work again later. A pause that is on disk continues after a restart.
     *
     * @param events the number of events that have to be tried again
     * @param cause the failure
     * @return completes when the pause is on disk; the lane pauses in any case
     */
    CompletionStage<Void> pause(int lane, Duration duration, int events, String cause);

    /** The number of pauses of a lane in a row without a delivery in between. */
    int pauses(int lane);

    /**
     * Whether a lane moves to another process, or has moved, since its batch left the spool. The rest of the batch must
     * not be sent then.
     */
    default boolean isHandedOver(int lane) {
        return false;
    }
}
