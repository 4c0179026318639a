package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Settlement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Turns the deliveries of a batch into requests. In: a list of {@link Delivery}. Out: an iterator of requests. A delivery that
 * is too large for any request becomes a dead letter.
 */
@ApplicationScoped
@Named("packRequests")
public class PackRequests implements Processor {

    private final Accounts accounts;

    PackRequests(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        Batch batch = Batch.of(exchange);
        RequestPacker packer = accounts.of(exchange).packer();
        List<Delivery> deliveries = new ArrayList<>();
        for (Delivery delivery : (List<Delivery>) exchange.getMessage().getBody(List.class)) {
            if (packer.isTooLarge(delivery)) {
                delivery.settle(new Settlement.Dead("too_large", "", delivery.request()), batch);
            } else {
                deliveries.add(delivery);
            }
        }
        new RequestQueue(packer, batch, deliveries).attachTo(exchange);
    }
}
