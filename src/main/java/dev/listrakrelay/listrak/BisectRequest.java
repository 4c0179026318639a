package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.DeliveryFailure;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.camel.SpoolExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Splits a request that Listrak rejected into halves, until one event is left. That event becomes a dead letter. */
@ApplicationScoped
@Named("bisectRequest")
public class BisectRequest implements Processor {

    @Override
    public void process(Exchange exchange) {
        ListrakRequest request = ListrakRequest.of(exchange);
        DeliveryFailure rejected = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, DeliveryFailure.class);
        if (request.deliveries().size() > 1) {
            RequestQueue.of(exchange).halve(request);
            return;
        }
        Batch batch = SpoolExchange.batch(exchange);
        Delivery guilty = request.deliveries().get(0);
        guilty.settle(new Settlement.Dead(rejected.reason(), rejected.answer(), guilty.request()), batch);
        batch.commit();
    }
}
