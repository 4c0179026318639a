package dev.listrakrelay.listrak;

import dev.listrakrelay.mapping.DroppedEvent;
import dev.listrakrelay.mapping.ListrakEvent;
import dev.listrakrelay.mapping.MatchedEvent;
import dev.listrakrelay.mapping.OtherAccount;
import dev.listrakrelay.mapping.Unmappable;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.camel.SpoolExchange;
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
    private final ForwardToAccounts forward;

    GatherDeliveries(Accounts accounts, ForwardToAccounts forward) {
        this.accounts = accounts;
        this.forward = forward;
    }

    @Override
    public Exchange aggregate(Exchange gathered, Exchange mapped) {
        List<Delivery> deliveries = gathered == null ? new ArrayList<>() : deliveries(gathered);
        MatchedEvent matched = MatchedEvent.of(mapped);
        Event event = matched.event();
        Object body = outcome(mapped);
        if (body instanceof ListrakEvent listrakEvent) {
            deliveries.add(new Delivery(event, listrakEvent));
        } else if (body instanceof List<?> parts) {
            gather(
                    event,
                    parts,
                    deliveries,
                    SpoolExchange.batch(mapped),
                    accounts.of(mapped).delivered());
        } else if (body instanceof OtherAccount other) {
            SpoolExchange.batch(mapped).mark(event, forward.append(event, other.accounts()));
        } else {
            SpoolExchange.batch(mapped)
                    .mark(event, settlement(body, matched.hasRule() ? FILTERED : DroppedEvent.NO_RULE));
        }
        Exchange all = gathered == null ? withoutFailure(mapped) : gathered;
        all.getMessage().setBody(deliveries);
        return all;
    }

    private static Object outcome(Exchange mapped) {
        return mapped.getException() == null ? mapped.getMessage().getBody() : Unmappable.failed(mapped);
    }

    /** Clears the failure or the stop of the first event, so that the other events of the batch continue. */
    private static Exchange withoutFailure(Exchange first) {
        first.setException(null);
        first.setRouteStop(false);
        return first;
    }

    private static void gather(
            Event event, List<?> mapped, List<Delivery> deliveries, Batch batch, DeliveredParts delivered) {
        Optional<?> dead =
                mapped.stream().filter(Settlement.Dead.class::isInstance).findFirst();
        List<ListrakEvent> listrakEvents = mapped.stream()
                .filter(ListrakEvent.class::isInstance)
                .map(ListrakEvent.class::cast)
                .toList();
        if (dead.isPresent() || listrakEvents.isEmpty()) {
            Object first = dead.isPresent() ? dead.get() : mapped.isEmpty() ? null : mapped.get(0);
            batch.mark(event, settlement(first, mapped.isEmpty() ? DroppedEvent.NO_ITEMS : FILTERED));
            return;
        }
        EventParts parts = new EventParts(listrakEvents.size(), delivered);
        for (int i = 0; i < listrakEvents.size(); i++) {
            Delivery part = new Delivery(event, listrakEvents.get(i), i, parts);
            if (listrakEvents.size() > 1 && delivered.contains(part)) {
                parts.countDelivered();
            } else {
                deliveries.add(part);
            }
        }
        if (parts.areAllDelivered()) {
            batch.mark(event, new Settlement.Delivered());
        }
    }

    private static Settlement settlement(Object body, String otherwise) {
        if (body instanceof Settlement settlement) {
            return settlement;
        }
        return new Settlement.Dropped(body instanceof DroppedEvent dropped ? dropped.reason() : otherwise);
    }

    @SuppressWarnings("unchecked")
    private static List<Delivery> deliveries(Exchange gathered) {
        return (List<Delivery>) gathered.getMessage().getBody();
    }
}
