package dev.listrakrelay.delivery;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolConfig;
import dev.listrakrelay.spool.SpoolUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lets a lane rest after a request that may go well another time: its events stay in the spool, but those that are older
 * than their destination allows are dead letters now. {@code Retry-After} closes the whole destination for that long.
 */
@ApplicationScoped
@Named("restLane")
public class RestLane implements Processor {

    private final Clock clock;
    private final SpoolConfig config;
    private final MeterRegistry meters;

    RestLane(Clock clock, SpoolConfig config, MeterRegistry meters) {
        this.clock = clock;
        this.config = config;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String why = String.valueOf(failure.getMessage());
        Optional<Destination> destination = Destination.of(exchange);
        Batch batch = Batch.of(exchange);
        if (failure instanceof SpoolUnavailable) {
            // what was decided stays marked, and the lane writes it before it sends any more
            batch.rest(Batch.Rest.BACK_OFF, why);
            return;
        }
        Attempt attempt = Attempt.of(exchange);
        if (failure instanceof DeliveryFailure.Ambiguous) {
            String name = destination.map(Destination::name).orElse("other");
            meters.counter("listrak.relay.ambiguous", "destination", name)
                    .increment(attempt.parts().size());
        }
        Duration maxAge = destination.map(Destination::maxAge).orElse(config.maxAge());
        for (Attempt.Part part : attempt.parts()) {
            if (part.event().isPendingLongerThan(maxAge, clock.instant())) {
                batch.mark(part.event(), new Settlement.Dead("expired", why, part.request()));
            }
        }
        batch.commit();
        if (failure instanceof DeliveryFailure.AskedToWait asked && destination.isPresent()) {
            destination.get().closeFor(asked.retryAfter());
            batch.rest(Batch.Rest.GATE, why);
        } else {
            batch.rest(Batch.Rest.BACK_OFF, why);
        }
    }
}
