package dev.listrakrelay.sandbox;

/** Rejects a request with one of Listrak's documented statuses and a message that says where the mistake is. */
final class ListrakError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    ListrakError(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
