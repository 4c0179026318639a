package dev.listrakrelay.spool;

/** The spool could not keep, read or settle events; nothing may be acknowledged. */
public class SpoolUnavailable extends RuntimeException {
    public SpoolUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
