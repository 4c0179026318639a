package dev.listrakrelay.spool;

/** Decides which events are worth holding until an e-mail is known for them. */
@FunctionalInterface
public interface HoldCondition {

    /** Whether an event without an e-mail would be delivered if its e-mail were known, and only then. */
    boolean wants(Event event);
}
