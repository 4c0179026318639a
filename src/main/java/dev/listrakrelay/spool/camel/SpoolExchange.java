package dev.listrakrelay.spool.camel;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.DestinationGate;
import org.apache.camel.Exchange;

/** Gives the steps of a route the batch that it delivers, and the gate of its destination. */
public final class SpoolExchange {

    private static final String BATCH = "spoolBatch";
    private static final String GATE = "spoolGate";

    private SpoolExchange() {}

    /** Returns the batch of an exchange. */
    public static Batch batch(Exchange exchange) {
        return exchange.getProperty(BATCH, Batch.class);
    }

    /** Returns the gate of an exchange; null if it has none. */
    public static DestinationGate gate(Exchange exchange) {
        return exchange.getProperty(GATE, DestinationGate.class);
    }

    public static void set(Exchange exchange, Batch batch) {
        exchange.setProperty(BATCH, batch);
    }

    public static void set(Exchange exchange, DestinationGate gate) {
        exchange.setProperty(GATE, gate);
    }
}
