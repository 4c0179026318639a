package dev.listrakrelay.spool;

/** The spool has no space for more events. It keeps its events, and accepts no new ones until some have left. */
public class SpoolFull extends SpoolUnavailable {
    public SpoolFull(String message) {
        super(message, null);
    }
}
