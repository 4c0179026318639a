package dev.listrakrelay.spool;

import java.time.Instant;

/** What became of an event once its route is done with it. */
public sealed interface Settlement {

    /** Its destination has it. */
    record Delivered() implements Settlement {}

    /** It is not wanted there, for a named reason such as {@code no_rule}. */
    record Dropped(String reason) implements Settlement {}

    /** It can't be delivered as it is: kept among the dead letters with the reason and the destination's answer. */
    record Dead(String reason, String answer) implements Settlement {}

    /** It is tried again at {@code at}, and the later events of its contact wait for it. */
    record Retry(Instant at) implements Settlement {}
}
