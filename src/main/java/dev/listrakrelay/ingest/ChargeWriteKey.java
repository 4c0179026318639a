package dev.listrakrelay.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Takes a permit of the write key for each event that is about to be stored. Does nothing without {@code
 * source.rest.max-events-per-second}, and for other sources.
 */
@ApplicationScoped
@Named("chargeWriteKey")
public class ChargeWriteKey implements Processor {

    /** @throws RateExceeded if the key must wait; then nothing is stored */
    @Override
    public void process(Exchange exchange) {
        Intake intake = Intake.of(exchange);
        if (intake.rate() != null) {
            intake.rate().charge(intake.result().events().size());
        }
    }
}
