package dev.listrakrelay.spool;

import java.time.Duration;

/** Stands between the spool and a destination, and lets no batch through while nothing should be sent there. */
public interface Gate {

    /** Always open. */
    Gate OPEN = patience -> true;

    /** Waits, {@code patience} at most, and answers whether the caller may go through now. */
    boolean awaitOpen(Duration patience) throws InterruptedException;
}
