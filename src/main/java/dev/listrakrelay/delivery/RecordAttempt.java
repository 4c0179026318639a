package dev.listrakrelay.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Records the outcome of a failed request and the start of its immediate retry. */
@ApplicationScoped
@Named("recordAttempt")
public class RecordAttempt implements Processor {

    private final Clock clock;

    RecordAttempt(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Attempt.of(exchange).restart(exchange, clock.instant());
    }
}
