package dev.listrakrelay.delivery;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.camel.SpoolExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Settles all open events of a batch as delivered, and returns when the spool has stored that on disk. */
@ApplicationScoped
@Named("settleDelivered")
public class SettleDelivered implements Processor {

    @Override
    public void process(Exchange exchange) {
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, int.class);
        Attempt.of(exchange).answered(exchange, status, "");
        Batch batch = SpoolExchange.batch(exchange);
        batch.unsettledEvents().forEach(event -> batch.mark(event, new Settlement.Delivered()));
        batch.commit();
    }
}
