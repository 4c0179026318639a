package dev.listrakrelay.webhook;

/** A webhook that is not shown to be genuine; the message is for the log alone. */
public final class InvalidSignature extends RuntimeException {
    InvalidSignature(String message) {
        super(message, null, false, false);
    }
}
