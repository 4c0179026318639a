package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.SpoolConfig;
import dev.listrakrelay.spool.SpoolUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lets a lane rest after a request that may go well another time: its events stay in the spool, but those that have been
 * there for {@code spool.max-age} are dead letters now. {@code Retry-After} closes the whole destination for that long.
 * While Listrak is parked, no event loses its age or a try for it.
 */
@ApplicationScoped
@Named("restLane")
public class RestLane implements Processor {

    private final Clock clock;
    private final SpoolConfig config;
    private final Destination destination;
    private final MeterRegistry meters;

    RestLane(Clock clock, SpoolConfig config, Destination destination, MeterRegistry meters) {
        this.clock = clock;
        this.config = config;
        this.destination = destination;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        ListrakRequest request = ListrakRequest.of(exchange);
        Batch batch = Batch.of(exchange);
        if (failure instanceof SpoolUnavailable) {
            // what was decided stays marked, and the lane writes it before it sends any more
            batch.rest(Batch.Rest.BACK_OFF, failure.getMessage());
            return;
        }
        if (failure instanceof ListrakFailure.Ambiguous) {
            meters.counter("listrak.relay.ambiguous", "destination", "listrak")
                    .increment(request.deliveries().size());
        }
        if (failure instanceof ListrakFailure.AskedToWait asked) {
            destination.closeFor(asked.retryAfter());
        }
        boolean isParked =
                failure instanceof ListrakFailure.Parked || destination.parked().isPresent();
        if (!isParked) {
            expire(request, batch, failure);
        }
        boolean isClosed = isParked || failure instanceof ListrakFailure.AskedToWait;
        batch.rest(isClosed ? Batch.Rest.GATE : Batch.Rest.BACK_OFF, failure.getMessage());
    }

    private void expire(ListrakRequest request, Batch batch, Exception failure) {
        for (Delivery delivery : request.deliveries()) {
            if (delivery.event().isPendingLongerThan(config.maxAge(), clock.instant())) {
                delivery.giveUp(new Settlement.Dead("expired", failure.getMessage(), delivery.request()), batch);
            }
        }
        batch.commit();
    }
}
