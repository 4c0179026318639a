package dev.listrakrelay.admin;

/** Rejects a call with a status and a message of the form <em>where: what, expected, found</em>. */
final class AdminRefusal extends RuntimeException {

    private static final int MOST_FOUND = 60;

    private final int status;

    AdminRefusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** Rejects a parameter with status 400. */
    static AdminRefusal of(String parameter, String expected, Object found) {
        String text = String.valueOf(found);
        return new AdminRefusal(
                400,
                parameter + ": expected " + expected + ", found "
                        + (text.length() > MOST_FOUND ? text.substring(0, MOST_FOUND) + "…" : text));
    }

    int status() {
        return status;
    }
}
