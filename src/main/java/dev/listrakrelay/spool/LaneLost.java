package dev.listrakrelay.spool;

/** Another process delivers the lane now. This process must not send the rest of its batch. */
public class LaneLost extends SpoolUnavailable {
    public LaneLost(String message) {
        super(message, null);
    }
}
