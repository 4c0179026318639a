package dev.listrakrelay.http;

/** Whose body it is, which decides on what part of the {@link BodyBudget} it draws. */
public enum BodyShare {
    /** The head of the request shows a write key that is known. */
    WRITE_KEY(5),
    /** The head of the request is that of a webhook; whether it is genuine is known only with the body. */
    WEBHOOK(2),
    /** Anyone's; the body may show a write key. */
    ANYONE(1);

    static final int PARTS = 8;

    private final int parts;

    BodyShare(int parts) {
        this.parts = parts;
    }

    long of(long budget) {
        return budget / PARTS * parts;
    }
}
