package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.Dropped;
import dev.listrakrelay.mapping.FindRule;
import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.mapping.OtherAccount;
import dev.listrakrelay.mapping.Unmappable;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Collects the mapped events of a batch. Listrak events become {@link Delivery deliveries}; the other events are dropped with
 * a reason, or become dead letters if a step failed. Each part of a split event is a delivery. If one part can't be mapped,
 * the whole event is a dead letter.
 */
@ApplicationScoped
@Named("gatherDeliveries")
public class GatherDeliveries implements AggregationStrategy {

    /** The reason of an event that an operator's filter stopped before it was transformed. */
    private static final String FILTERED = "filtered";

    private final Accounts accounts;
    private final ForwardToAccounts handOn;

    GatherDeliveries(Accounts accounts, ForwardToAccounts handOn) {
        this.accounts = accounts;
        this.handOn = handOn;
    }

    @Override
    public Exchange aggregate(Exchange gathered, Exchange mapped) {
        List<Delivery> deliveries = gathered == null ? new ArrayList<>() : deliveries(gathered);
        Event event = mapped.getProperty(FindRule.EVENT, Event.class);
        Object body = outcome(mapped);
        if (body instanceof ListrakEvent listrakEvent) {
            deliveries.add(new Delivery(event, listrakEvent));
        } else if (body instanceof List<?> parts) {
            gather(
                    event,
                    parts,
                    deliveries,
                    Batch.of(mapped),
                    accounts.of(mapped).taken());
        } else if (body instanceof OtherAccount elsewhere) {
            Batch.of(mapped).mark(event, handOn.append(event, elsewhere.accounts()));
        } else {
            boolean isWanted = mapped.getProperty(FindRule.RULE) != null;
            Batch.of(mapped).mark(event, settlement(body, isWanted ? FILTERED : Dropped.NO_RULE));
        }
        Exchange all = gathered == null ? goingOn(mapped) : gathered;
        all.getMessage().setBody(deliveries);
        return all;
    }

    private static Object outcome(Exchange mapped) {
        return mapped.getException() == null ? mapped.getMessage().getBody() : Unmappable.failed(mapped);
    }

    /** An event that failed, or that a step stopped, stops no other. */
    private static Exchange goingOn(Exchange first) {
        first.setException(null);
        first.setRouteStop(false);
        return first;
    }

    private static void gather(
            Event event, List<?> mapped, List<Delivery> deliveries, Batch batch, DeliveredParts taken) {
        Optional<?> dead =
                mapped.stream().filter(Settlement.Dead.class::isInstance).findFirst();
        List<ListrakEvent> found = mapped.stream()
                .filter(ListrakEvent.class::isInstance)
                .map(ListrakEvent.class::cast)
                .toList();
        if (dead.isPresent() || found.isEmpty()) {
            Object first = dead.isPresent() ? dead.get() : mapped.isEmpty() ? null : mapped.get(0);
            batch.mark(event, settlement(first, mapped.isEmpty() ? Dropped.NO_ITEMS : FILTERED));
            return;
        }
        EventParts parts = new EventParts(found.size(), taken);
        for (int i = 0; i < found.size(); i++) {
            Delivery part = new Delivery(event, found.get(i), i, parts);
            if (found.size() > 1 && taken.contains(part)) {
                parts.wasTaken();
            } else {
                deliveries.add(part);
            }
        }
        if (parts.areAllTaken()) {
            batch.mark(event, new Settlement.Delivered());
        }
    }

    private static Settlement settlement(Object body, String otherwise) {
        if (body instanceof Settlement settlement) {
            return settlement;
        }
        return new Settlement.Dropped(body instanceof Dropped dropped ? dropped.reason() : otherwise);
    }

    @SuppressWarnings("unchecked")
    private static List<Delivery> deliveries(Exchange gathered) {
        return (List<Delivery>) gathered.getMessage().getBody();
    }
}
