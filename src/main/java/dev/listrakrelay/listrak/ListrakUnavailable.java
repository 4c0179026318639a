package dev.listrakrelay.listrak;

/** Listrak did not take a request, and no event is known to be at fault: it is tried again. */
public class ListrakUnavailable extends RuntimeException {
    public ListrakUnavailable(String message) {
        super(message);
    }
}
