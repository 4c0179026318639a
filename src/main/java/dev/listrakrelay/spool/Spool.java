package dev.listrakrelay.spool;

/**
 * Stores events from their acceptance until each is settled, in the order of arrival. Every engine passes {@code
 * SpoolContractTest}.
 *
 * <p>A caller asks for the part that it needs: {@link EventLog}, {@link SpoolLanes}, {@link SpoolCounts}, {@link
 * Erasure}, or what one of the methods returns.
 */
public interface Spool extends EventLog, SpoolLanes, SpoolCounts, Erasure, AutoCloseable {

    /** The outcome, in the tally, of dropped events that were replayed. */
    String REPLAYED_DROPPED = "replayed_dropped";

    /** The steps of events. */
    EventHistory history();

    /** The events that can't be delivered. */
    DeadLetters deadLetters();

    /** The events that their destination may have twice. */
    AmbiguousEvents ambiguous();

    /** The records of settled events that are not sent to the warehouse yet. */
    default DeliveryLog deliveryLog() {
        return DeliveryLog.NONE;
    }

    /** The e-mails that were learned from earlier events. */
    Identities identities();

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
