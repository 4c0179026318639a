package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.camel.SpoolExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Turns the deliveries of a batch into requests. In: a list of {@link Delivery}. Out: an iterator of requests. A delivery that
 * is too large for any request becomes a dead letter. So does one that an earlier process may have sent, if its rule holds such
 * events.
 */
@ApplicationScoped
@Named("packRequests")
public class PackRequests implements Processor {

    private static final String SENT_BEFORE = "the relay ended while a request with this event may have been under way";

    private final Accounts accounts;

    PackRequests(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        Batch batch = SpoolExchange.batch(exchange);
        RequestPacker packer = accounts.of(exchange).packer();
        List<Delivery> deliveries = new ArrayList<>();
        Set<Event> held = new HashSet<>();
        for (Delivery delivery : (List<Delivery>) exchange.getMessage().getBody(List.class)) {
            if (packer.isTooLarge(delivery)) {
                delivery.settle(new Settlement.Dead("too_large", "", delivery.request()), batch);
            } else if (delivery.isHeldIfUnknown() && batch.mayHaveBeenSent(delivery.event())) {
                delivery.deadLetterEvent(
                        new Settlement.Dead("unknown_outcome", SENT_BEFORE, delivery.request()), batch);
                held.add(delivery.event());
            } else {
                deliveries.add(delivery);
            }
        }
        deliveries.removeIf(delivery -> held.contains(delivery.event()));
        new RequestQueue(packer, batch, deliveries).attachTo(exchange);
    }
}
