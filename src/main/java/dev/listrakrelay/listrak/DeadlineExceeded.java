package dev.listrakrelay.listrak;

import java.io.InterruptedIOException;

/** A request took longer than its deadline; whether it was taken is not known. */
public class DeadlineExceeded extends InterruptedIOException {
    DeadlineExceeded(long millis) {
        super("listrak.deadline: no whole answer within " + millis + " ms");
    }
}
