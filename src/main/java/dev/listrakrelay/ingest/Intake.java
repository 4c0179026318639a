package dev.listrakrelay.ingest;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Carries what the steps of a source know about the events of a request, of messages or of lines.
 *
 * @param rate the rate of the caller's write key; null without a limit, and without a write key
 * @param reasons why the source itself rejects events: index of an event → reason
 * @param result what {@link CheckEvents} found; without events before that step
 */
public record Intake(KeyRate rate, Map<Integer, String> reasons, IntakeResult result) {

    private static final String PROPERTY = "intake";
    private static final Intake EMPTY = new Intake(null, Map.of(), new IntakeResult(List.of(), List.of(), List.of()));

    /** Returns the intake of an exchange; an empty one if no step has attached one. */
    public static Intake of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, EMPTY, Intake.class);
    }

    void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    Intake with(KeyRate ofCaller) {
        return new Intake(ofCaller, reasons, result);
    }

    Intake with(Map<Integer, String> rejected) {
        return new Intake(rate, rejected, result);
    }

    Intake with(IntakeResult found) {
        return new Intake(rate, reasons, found);
    }
}
