package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Writes to the spool that a request's events are delivered, before the lane sends its next. */
@ApplicationScoped
@Named("settleDelivered")
public class SettleDelivered implements Processor {

    @Override
    public void process(Exchange exchange) {
        Batch batch = Batch.of(exchange);
        exchange.getProperty(ListrakRequest.PROPERTY, ListrakRequest.class)
                .events()
                .forEach(event -> batch.mark(event, new Settlement.Delivered()));
        batch.commit();
    }
}
