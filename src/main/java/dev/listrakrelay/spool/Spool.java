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
 * Stores events from their acceptance until each is settled, in the order of arrival.
 *
 * <p>Events are spread over lanes by contact. A lane hands out one batch at a time, so the events of one contact never
 * overtake each other. Every engine passes {@code SpoolContractTest}.
 */
public interface Spool extends AutoCloseable {

    /** The outcome, in the tally, of dropped events that were replayed. */
    String REPLAYED_DROPPED = "replayed_dropped";

    /** The number of lanes. The first one has the number 0. */
    int lanes();

    /**
     * Stores events in one transaction. It skips duplicates: those with the source and messageId of an event of the
     * last 24 h.
     *
     * @return completes with the number of new events when they are on disk; fails with {@link SpoolUnavailable} if
     *     they can't be stored
     */
    CompletionStage<Integer> append(List<Event> events);

    /**
     * Claims the next due events of a lane, in order. A lane has at most one batch out at a time.
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

    /**
     * Whether a lane moves to another process, or has moved, since its batch left the spool. The rest of the batch must
     * not be sent then.
     */
    default boolean isHandedOver(int lane) {
        return false;
    }

    /** The number of pauses of a lane in a row without a delivery in between. */
    int pauses(int lane);

    /** The number of events that are not settled. */
    long pending();

    /** The pending events that are held until an e-mail is known for them. */
    default HeldCounts held() {
        return HeldCounts.NONE;
    }

    /** The time since which the oldest pending event waits for its delivery; empty if there is none. A held event doesn't. */
    Optional<Instant> oldestPending();

    /**
     * Counts the events by outcome since the spool was created: accepted = delivered + dropped + dead + forwarded +
     * pending. A replayed event is no longer counted as dead or dropped. It counts as replayed or replayed_dropped,
     * outside this sum.
     */
    Map<Outcome, Long> tally();

    /** The part of the tally that this process counted. No count decreases, except dead after a replay. */
    default Map<Outcome, Long> counted() {
        return tally();
    }

    /** Calls a listener once for each line of the tally: for the existing ones now, and for new ones later. */
    void onNewOutcome(Consumer<Outcome> listener);

    /** Writes to disk and completes then. It fails if {@link #append} would fail. */
    CompletionStage<Void> probe();

    /** How full the spool is; empty if the engine doesn't know it. */
    default Optional<SpoolRoom> room() {
        return Optional.empty();
    }

    /** The state of each lane, in order. Held events are in no lane. */
    List<LaneState> laneStates();

    /** The steps of events. */
    EventHistory history();

    /** The events that can't be delivered. */
    DeadLetters deadLetters();

    /** The events that their destination may have twice. */
    AmbiguousEvents ambiguous();

    /**
     * Replays dropped events as {@link DeadLetters#replay} replays dead letters: at the same pace, and in one order
     * with them. An event gets an e-mail that was learned meanwhile. Seqs are ignored if their events are not dropped,
     * wait for a replay already, or are no longer kept. So two calls replay each event once. An event that waits is not
     * deleted.
     *
     * @return completes with the number of events, once the request is on disk; fails with {@link
     *     UnsupportedOperationException} and the reason if this spool can't replay dropped events
     */
    default CompletionStage<Integer> replayDropped(Collection<Long> seqs) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException(
                "spool.engine=kafka: dropped events can't be replayed, because each process keeps their outcomes in its"
                        + " memory, so none knows what another one has replayed"));
    }

    /** The records of settled events that are not sent to the warehouse yet. */
    default DeliveryLog deliveryLog() {
        return DeliveryLog.NONE;
    }

    /** The e-mails that were learned from earlier events. */
    Identities identities();

    /**
     * Forgets a contact: it removes every event of this e-mail or of an id that belongs to it, and every event that
     * contains the e-mail, with history and dead letter. A pending event loses its content at once, and is dropped as
     * {@code forgotten} when it is due. Later events of the contact are accepted. It returns when all is on disk, which
     * may take seconds.
     *
     * @param email in lower case
     */
    ErasureCounts forget(String email);

    /** Whether a pending event was forgotten. Such an event must not be sent, even if its batch has left the spool. */
    boolean isForgotten(Event event);

    @Override
    void close();

    /**
     * Identifies a line of the tally.
     *
     * @param name accepted, delivered, forwarded, dropped, dead, retried, replayed or replayed_dropped
     * @param reason of dropped and dead events, and of replayed ones the reason before the replay; of forwarded events
     *     the accounts; else empty
     */
    record Outcome(String name, String reason) {}
}
