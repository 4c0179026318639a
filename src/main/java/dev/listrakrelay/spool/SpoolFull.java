package dev.listrakrelay.spool;

/** There is no room for more events: those that are there are kept, and nothing new is taken until some have left. */
public class SpoolFull extends SpoolUnavailable {
    public SpoolFull(String message) {
        super(message, null);
    }
}
