package dev.listrakrelay.spool;

/** The engine can't or may not store the spool. Waiting doesn't help: an operator has to change its configuration. */
public class SpoolRefused extends SpoolUnavailable {

    /** The exit code of the process: a configuration error, as in {@code sysexits.h}. */
    public static final int EXIT = 78;

    public SpoolRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
