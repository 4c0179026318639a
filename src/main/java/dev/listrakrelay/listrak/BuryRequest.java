package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Sends all events of a request to the dead letters: trying again can't help. */
@ApplicationScoped
@Named("buryRequest")
public class BuryRequest implements Processor {

    @Override
    public void process(Exchange exchange) {
        ListrakFailure failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, ListrakFailure.class);
        Batch batch = Batch.of(exchange);
        String answer = failure.getMessage() + "\n" + failure.answer();
        ListrakRequest.of(exchange)
                .deliveries()
                .forEach(
                        delivery -> delivery.settle(new Settlement.Dead("refused", answer, delivery.request()), batch));
        batch.commit();
    }
}
