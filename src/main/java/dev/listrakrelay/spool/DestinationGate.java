package dev.listrakrelay.spool;

import java.time.Duration;

/** Holds batches back while nothing may be sent to their destination. */
public interface DestinationGate {

    /** Always open. */
    DestinationGate OPEN = patience -> true;

    /** Waits for the gate to open, at most for {@code patience}. Returns whether it is open. */
    boolean awaitOpen(Duration patience) throws InterruptedException;
}
