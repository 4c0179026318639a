package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.Dropped;
import dev.listrakrelay.mapping.FindRule;
import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Brings a batch's events together again after each was mapped: those for Listrak become {@link Delivery deliveries},
 * every other one is dropped with its reason.
 */
@ApplicationScoped
@Named("gatherDeliveries")
public class GatherDeliveries implements AggregationStrategy {

    /** The event left its route before it was transformed: a filter that someone put there did not let it pass. */
    private static final String FILTERED = "filtered";

    @Override
    public Exchange aggregate(Exchange gathered, Exchange mapped) {
        Exchange all = gathered == null ? mapped : gathered;
        List<Delivery> deliveries = gathered == null ? new ArrayList<>() : deliveries(gathered);
        Event event = mapped.getProperty(FindRule.EVENT, Event.class);
        Object body = mapped.getMessage().getBody();
        if (body instanceof ListrakEvent listrakEvent) {
            deliveries.add(new Delivery(event, listrakEvent));
        } else {
            Batch.of(mapped).mark(event, settlement(mapped, body));
        }
        all.getMessage().setBody(deliveries);
        return all;
    }

    private static Settlement settlement(Exchange mapped, Object body) {
        if (body instanceof Settlement settlement) {
            return settlement;
        }
        if (body instanceof Dropped dropped) {
            return new Settlement.Dropped(dropped.reason());
        }
        return new Settlement.Dropped(mapped.getProperty(FindRule.RULE) == null ? Dropped.NO_RULE : FILTERED);
    }

    @SuppressWarnings("unchecked")
    private static List<Delivery> deliveries(Exchange gathered) {
        return (List<Delivery>) gathered.getMessage().getBody();
    }
}
