package dev.listrakrelay.admin;

/** A call that can't be done as it is; the message says where, what is expected and what was found. */
final class AdminRefusal extends RuntimeException {

    private static final int MOST_FOUND = 60;

    private final int status;

    AdminRefusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** 400, for a parameter. */
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
