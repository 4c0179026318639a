package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Backoff;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.DeliveryConfig;
import dev.listrakrelay.spool.Settlement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Writes to the spool what became of a request's events, before the lane sends its next: delivered, but those whose
 * recipient Listrak could not take.
 */
@ApplicationScoped
@Named("settleRequest")
public class SettleRequest implements Processor {

    private final Clock clock;
    private final Backoff backoff;
    private final RandomGenerator random = RandomGenerator.getDefault();

    SettleRequest(Clock clock, DeliveryConfig config) {
        this.clock = clock;
        this.backoff = new Backoff(config.backoff(), config.maximumBackoff());
    }

    @Override
    public void process(Exchange exchange) {
        Batch batch = Batch.of(exchange);
        Map<String, Recipients.Failed> failed = Recipients.failed(
                exchange.getMessage().getBody(HttpAnswer.class).body());
        for (Delivery delivery : ListrakRequest.of(exchange).deliveries()) {
            Recipients.Failed recipient = failed.get(delivery.listrakEvent().contact());
            batch.mark(delivery.event(), settlement(recipient, delivery, batch));
        }
        batch.commit();
    }

    private Settlement settlement(Recipients.Failed recipient, Delivery delivery, Batch batch) {
        if (recipient == null) {
            return new Settlement.Delivered();
        }
        String said = recipient.status() + " " + recipient.message();
        return recipient.mayRecover()
                ? new Settlement.Retry(
                        clock.instant().plus(backoff.after(batch.attempts(delivery.event()), random)), said)
                : new Settlement.Dead("recipient_rejected", said, delivery.request());
    }
}
