package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Batch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Parks Listrak: the cause is ours or the account's, so no event loses a try, and nothing but a probe is sent. */
@ApplicationScoped
@Named("parkDestination")
public class ParkDestination implements Processor {

    private final Destination destination;

    ParkDestination(Destination destination) {
        this.destination = destination;
    }

    @Override
    public void process(Exchange exchange) {
        String reason =
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getMessage();
        destination.park(reason);
        Batch.of(exchange).rest(Batch.Rest.GATE, reason);
    }
}
