package dev.listrakrelay.listrak;

/** Listrak refused the token of a request; the token was dropped, and the next try fetches a new one. */
public class ListrakUnauthorized extends RuntimeException {
    public ListrakUnauthorized() {
        super("listrak.api-url: token refused with status 401");
    }
}
