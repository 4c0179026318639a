package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;

/**
 * Settles an event that became several Listrak events (parts). The event is delivered when all parts are delivered. It is a
 * dead letter when all parts are settled and one of them failed. It belongs to one batch, so one thread uses it.
 */
final class EventParts {

    /** The state of an event that became one Listrak event: their outcomes are the same. */
    static final EventParts ONE = new EventParts(1, null);

    private final int count;
    private final DeliveredParts delivered;
    private int open;
    private Settlement.Dead dead;
    private boolean isRetried;

    EventParts(int count, DeliveredParts delivered) {
        this.count = count;
        this.open = count;
        this.delivered = delivered;
    }

    /** Counts a part that Listrak accepted in an earlier attempt. */
    void countDelivered() {
        open--;
    }

    boolean areAllDelivered() {
        return open == 0;
    }

    void settle(Delivery part, Settlement settlement, Batch batch) {
        if (count == 1) {
            batch.mark(part.event(), settlement);
            return;
        }
        if (settlement instanceof Settlement.Delivered) {
            delivered.add(part);
        }
        if (settlement instanceof Settlement.Retry) {
            isRetried = true;
            batch.mark(part.event(), settlement);
        } else if (!isRetried) {
            close(part, settlement, batch);
        }
    }

    private void close(Delivery part, Settlement settlement, Batch batch) {
        open--;
        if (dead == null && settlement instanceof Settlement.Dead found) {
            dead = withPartNumber(part, found);
        }
        if (open == 0) {
            delivered.forget(part.event());
            batch.mark(part.event(), dead == null ? settlement : dead);
        }
    }

    /** Dead-letters the whole event, even if other parts are still open. */
    void deadLetterEvent(Delivery part, Settlement.Dead why, Batch batch) {
        if (count > 1) {
            delivered.forget(part.event());
        }
        batch.mark(part.event(), withPartNumber(part, why));
    }

    /** Adds the number of the part to the answer of a dead letter. */
    private Settlement.Dead withPartNumber(Delivery part, Settlement.Dead dead) {
        String which = "part " + (part.part() + 1) + " of " + count + ": ";
        return count == 1 ? dead : new Settlement.Dead(dead.reason(), which + dead.answer(), dead.request());
    }
}
