package dev.listrakrelay.spool;

/** The lane is delivered by another process now: what is left of its batch must not be sent from here. */
public class LaneLost extends SpoolUnavailable {
    public LaneLost(String message) {
        super(message, null);
    }
}
