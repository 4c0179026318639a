package dev.listrakrelay.ingest;

/** Rejects a request without a single event to store. The message tells the caller why, without quoting the request. */
public final class UnreadableRequest extends RuntimeException {

    static final String UNKNOWN_CALL =
            "path: unknown, expected /v1/track, page, screen, identify, group, alias, batch, events or shapes/<name>, or /cloudevents";

    private final int status;

    private UnreadableRequest(int status, String message) {
        super(message);
        this.status = status;
    }

    static UnreadableRequest malformed(String message) {
        return new UnreadableRequest(400, message);
    }

    static UnreadableRequest tooLarge(String message) {
        return new UnreadableRequest(413, message);
    }

    static UnreadableRequest unauthorized() {
        return new UnreadableRequest(
                401,
                "write key: missing or unknown, expected one of source.rest.write-keys"
                        + " as Basic user name, bearer token or writeKey in the body");
    }

    static UnreadableRequest noEvents() {
        return malformed("body: no events, expected at least one");
    }

    static UnreadableRequest nothingValid() {
        return malformed("body: no valid event, see rejected for the reasons");
    }

    static UnreadableRequest unknownCall() {
        return new UnreadableRequest(404, UNKNOWN_CALL);
    }

    static UnreadableRequest unknownShape() {
        return new UnreadableRequest(404, "path: unknown shape, expected a name configured under source.rest.shapes");
    }

    /** The HTTP status of the answer: 400, 401, 404 or 413. */
    public int status() {
        return status;
    }
}
