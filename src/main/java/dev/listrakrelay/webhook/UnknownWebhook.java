package dev.listrakrelay.webhook;

/** A webhook under a name that isn't configured. */
public final class UnknownWebhook extends RuntimeException {
    UnknownWebhook() {
        super("no such webhook", null, false, false);
    }
}
