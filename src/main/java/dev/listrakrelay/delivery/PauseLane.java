package dev.listrakrelay.delivery;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolConfig;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.camel.SpoolExchange;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Pauses a lane after a failed request that the relay can retry. The events stay in the spool. Events that are older than
 * the destination's maximum age become dead letters. If the outcome is unknown, so do events whose rule holds them. A {@code
 * Retry-After} stops all lanes of the destination for that time. While the destination is parked, no event expires or loses an
 * attempt.
 */
@ApplicationScoped
@Named("pauseLane")
public class PauseLane implements Processor {

    private final Clock clock;
    private final SpoolConfig config;
    private final MeterRegistry meters;

    PauseLane(Clock clock, SpoolConfig config, MeterRegistry meters) {
        this.clock = clock;
        this.config = config;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String why = String.valueOf(failure.getMessage());
        Optional<Destination> destination = Destination.of(exchange);
        Attempt attempt = Attempt.of(exchange);
        attempt.failed(exchange);
        Batch batch = SpoolExchange.batch(exchange);
        if (failure instanceof SpoolUnavailable) {
            // the batch keeps the outcomes, and the lane writes them before it sends again
            batch.pause(Batch.Pause.BACK_OFF, why);
            return;
        }
        List<? extends Attempt.Part> parts = attempt.parts(exchange);
        if (failure instanceof DeliveryFailure.Ambiguous) {
            String name = destination.map(Destination::name).orElse("other");
            meters.counter("listrak.relay.ambiguous", "destination", name).increment(parts.size());
            parts = hold(parts, batch, why);
        }
        boolean isAskedToWait = failure instanceof DeliveryFailure.AskedToWait;
        if (failure instanceof DeliveryFailure.AskedToWait asked) {
            destination.ifPresent(waiting -> waiting.askedToWait(asked.retryAfter()));
        }
        boolean isParked = failure instanceof DeliveryFailure.NotSent
                || destination.flatMap(Destination::parked).isPresent();
        if (!isParked) {
            expire(parts, batch, destination.map(Destination::maxAge).orElse(config.maxAge()), why);
        }
        boolean isClosed = destination.isPresent() && (isParked || isAskedToWait);
        batch.pause(isClosed ? Batch.Pause.GATE : Batch.Pause.BACK_OFF, why);
    }

    /** Dead-letters the events whose rule holds them, because Listrak may have them. Returns the others. */
    private static List<Attempt.Part> hold(List<? extends Attempt.Part> parts, Batch batch, String why) {
        List<Attempt.Part> retried = new ArrayList<>();
        for (Attempt.Part part : parts) {
            if (part.isHeldIfUnknown()) {
                part.deadLetterEvent(new Settlement.Dead("unknown_outcome", why, part.request()), batch);
            } else {
                retried.add(part);
            }
        }
        return retried;
    }

    private void expire(List<? extends Attempt.Part> parts, Batch batch, Duration maxAge, String why) {
        for (Attempt.Part part : parts) {
            if (part.event().isPendingLongerThan(maxAge, clock.instant())) {
                part.deadLetterEvent(new Settlement.Dead("expired", why, part.request()), batch);
            }
        }
        batch.commit();
    }
}
