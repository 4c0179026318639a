package dev.listrakrelay.webhook;

/** A webhook whose signature or timestamp is wrong. Only the log shows the message, never the sender. */
public final class InvalidSignature extends RuntimeException {
    InvalidSignature(String message) {
        super(message, null, false, false);
    }
}
