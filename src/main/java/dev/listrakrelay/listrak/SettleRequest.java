package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.HttpAnswer;
import dev.listrakrelay.spool.Backoff;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.DeliveryConfig;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolConfig;
import dev.listrakrelay.spool.camel.SpoolExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Settles the events of an accepted request before the lane sends the next one. An event is delivered, unless Listrak's answer
 * says that its recipient failed. Such an event is retried or becomes a dead letter.
 */
@ApplicationScoped
@Named("settleRequest")
public class SettleRequest implements Processor {

    private final Clock clock;
    private final Backoff backoff;
    private final Duration maxAge;
    private final RandomGenerator random = RandomGenerator.getDefault();

    SettleRequest(Clock clock, DeliveryConfig config, SpoolConfig spool) {
        this.maxAge = spool.maxAge();
        this.clock = clock;
        this.backoff = new Backoff(config.backoff(), config.maximumBackoff());
    }

    @Override
    public void process(Exchange exchange) {
        Batch batch = SpoolExchange.batch(exchange);
        Map<String, FailedRecipients.Failed> failed = FailedRecipients.failed(
                exchange.getMessage().getBody(HttpAnswer.class).body());
        for (Delivery delivery : ListrakRequest.of(exchange).deliveries()) {
            FailedRecipients.Failed recipient = FailedRecipients.of(delivery, failed);
            Settlement settlement = settlement(recipient, delivery, batch);
            delivery.settle(settlement, batch);
            if (settlement instanceof Settlement.Retry) {
                RequestQueue.of(exchange)
                        .removePending(delivery.contact())
                        .forEach(later -> later.settle(settlement, batch));
            }
        }
        batch.commit();
    }

    private Settlement settlement(FailedRecipients.Failed recipient, Delivery delivery, Batch batch) {
        if (recipient == null) {
            return new Settlement.Delivered();
        }
        String answer = recipient.status() + " " + recipient.message();
        if (recipient.isRetryable() && delivery.event().isPendingLongerThan(maxAge, clock.instant())) {
            return new Settlement.Dead("expired", answer, delivery.request());
        }
        return recipient.isRetryable()
                ? new Settlement.Retry(
                        clock.instant().plus(backoff.after(batch.attempts(delivery.event()), random)), answer)
                : new Settlement.Dead("recipient_rejected", answer, delivery.request());
    }
}
