package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;

/**
 * Settles an event that became several Listrak events (parts). The event is delivered when all parts are delivered. It is a
 * dead letter when all parts are settled and one of them failed. It belongs to one batch, so one thread uses it.
 */
final class EventParts {

    /** Of an event that became one Listrak event: what becomes of that becomes of it. */
    static final EventParts ONE = new EventParts(1, null);

    private final int count;
    private final DeliveredParts taken;
    private int open;
    private Settlement.Dead dead;
    private boolean comesAgain;

    EventParts(int count, DeliveredParts taken) {
        this.count = count;
        this.open = count;
        this.taken = taken;
    }

    /** One that Listrak took at an earlier try. */
    void wasTaken() {
        open--;
    }

    boolean areAllTaken() {
        return open == 0;
    }

    void settle(Delivery part, Settlement settlement, Batch batch) {
        if (count == 1) {
            batch.mark(part.event(), settlement);
            return;
        }
        if (settlement instanceof Settlement.Delivered) {
            taken.add(part);
        }
        if (settlement instanceof Settlement.Retry) {
            comesAgain = true;
            batch.mark(part.event(), settlement);
        } else if (!comesAgain) {
            close(part, settlement, batch);
        }
    }

    private void close(Delivery part, Settlement settlement, Batch batch) {
        open--;
        if (dead == null && settlement instanceof Settlement.Dead found) {
            dead = named(part, found);
        }
        if (open == 0) {
            taken.forget(part.event());
            batch.mark(part.event(), dead == null ? settlement : dead);
        }
    }

    /** The event is dead, whatever becomes of the other parts. */
    void giveUp(Delivery part, Settlement.Dead why, Batch batch) {
        if (count > 1) {
            taken.forget(part.event());
        }
        batch.mark(part.event(), named(part, why));
    }

    /** Tells in a dead letter which part it is about. */
    private Settlement.Dead named(Delivery part, Settlement.Dead dead) {
        String which = "part " + (part.part() + 1) + " of " + count + ": ";
        return count == 1 ? dead : new Settlement.Dead(dead.reason(), which + dead.answer(), dead.request());
    }
}
