package dev.listrakrelay.delivery;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.camel.SpoolExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Parks the destination of a failed request, because the configuration or the account is the cause. No event loses an
 * attempt, and the relay sends only probes. If the route has no destination, the lane pauses instead.
 */
@ApplicationScoped
@Named("parkDestination")
public class ParkDestination implements Processor {

    @Override
    public void process(Exchange exchange) {
        Attempt.of(exchange).failed(exchange);
        String reason =
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getMessage();
        Optional<Destination> destination = Destination.of(exchange);
        destination.ifPresent(parked -> parked.park(reason));
        SpoolExchange.batch(exchange).pause(destination.isPresent() ? Batch.Pause.GATE : Batch.Pause.BACK_OFF, reason);
    }
}
