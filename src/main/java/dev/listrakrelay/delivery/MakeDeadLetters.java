package dev.listrakrelay.delivery;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.camel.SpoolExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Dead-letters all events of a request that a retry can't deliver. */
@ApplicationScoped
@Named("makeDeadLetters")
public class MakeDeadLetters implements Processor {

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Attempt attempt = Attempt.of(exchange);
        attempt.failed(exchange);
        Batch batch = SpoolExchange.batch(exchange);
        for (Attempt.Part part : attempt.parts(exchange)) {
            part.settle(settlement(failure, part), batch);
        }
        batch.commit();
    }

    private static Settlement settlement(Exception failure, Attempt.Part part) {
        return failure instanceof DeliveryFailure answered
                ? new Settlement.Dead(
                        answered.reason(), answered.getMessage() + "\n" + answered.answer(), part.request())
                : Settlement.Dead.unmappable(String.valueOf(failure.getMessage()));
    }
}
