package dev.listrakrelay.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Notes how a request ended that is sent once more at once, and that it leaves again. */
@ApplicationScoped
@Named("recordAttempt")
public class RecordAttempt implements Processor {

    private final Clock clock;

    RecordAttempt(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        RequestInFlight.again(exchange, clock.instant());
    }
}
