package dev.listrakrelay.spool;

/** What a spool is to be kept in is not fit for it, or may not be used by us: waiting doesn't mend it, an operator does. */
public class SpoolRefused extends SpoolUnavailable {

    /** What the program ends with: a configuration that can't be, as {@code sysexits.h} has it. */
    public static final int EXIT = 78;

    public SpoolRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
