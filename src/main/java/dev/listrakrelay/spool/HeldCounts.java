package dev.listrakrelay.spool;

/**
 * Counts held events.
 *
 * @param events events that are held now; they are pending, too
 * @param notHeld events that this process did not hold, because {@code identity.hold-at-most} events were held
 */
public record HeldCounts(long events, long notHeld) {

    /** No event is held. */
    public static final HeldCounts NONE = new HeldCounts(0, 0);
}
