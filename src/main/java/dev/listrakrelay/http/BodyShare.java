package dev.listrakrelay.http;

/** The kinds of senders, each with its part of the {@link BodyBudget}. */
public enum BodyShare {
    /** Senders with a valid write key in the headers. */
    WRITE_KEY(5),
    /** Webhooks. Their signature is checked later, with the body. */
    WEBHOOK(2),
    /** All others; the body can have a write key. */
    ANYONE(1);

    static final int PARTS = 8;

    private final int parts;

    BodyShare(int parts) {
        this.parts = parts;
    }

    /** Returns the bytes of a budget that belong to this share. */
    long bytesOf(long budget) {
        return budget / PARTS * parts;
    }
}
