package dev.listrakrelay.webhook;

/** A request for a webhook name that is not configured. */
public final class UnknownWebhook extends RuntimeException {
    UnknownWebhook() {
        super("no such webhook", null, false, false);
    }
}
