package dev.listrakrelay.spool.kafka;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Forgotten;
import dev.listrakrelay.spool.lane.LaneLedger;

/** Knows which pending events were forgotten; a stub. */
final class KafkaForgotten {

    /** Whether it was, so that it must not be sent. */
    boolean holds(Event event) {
        return false;
    }

    /** A change without anything of what was forgotten: of that, what was not delivered is dropped. */
    LaneLedger.Change without(OwnedLane lane, LaneLedger.Change change) {
        return change;
    }

    /** They are done with. */
    void settled(LaneLedger.Change change) {}

    Forgotten forget(String email) {
        return Forgotten.NOTHING;
    }
}
