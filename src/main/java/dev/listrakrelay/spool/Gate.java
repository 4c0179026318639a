package dev.listrakrelay.spool;

import java.time.Duration;

/** Stands between the spool and a destination, and lets no batch through while nothing should be sent there. */
public interface Gate {

    /** The exchange property under which the steps of a route find the gate their batch came through. */
    String PROPERTY = "spoolGate";

    /** Always open. */
    Gate OPEN = patience -> true;

    /** Waits, {@code patience} at most, and answers whether the caller may go through now. */
    boolean awaitOpen(Duration patience) throws InterruptedException;
}
