package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Looks up which rule of the mapping wants an event, without reading its payload.
 *
 * <p>In: an {@link Event}. Out: the same; the exchange properties {@code event} and {@code rule}, which is missing where
 * no rule wants it.
 */
@ApplicationScoped
@Named("findRule")
public class FindRule implements Processor {

    public static final String EVENT = "event";
    public static final String RULE = "rule";

    private final Mapping mapping;

    FindRule(Mapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public void process(Exchange exchange) {
        Event event = exchange.getMessage().getBody(Event.class);
        exchange.setProperty(EVENT, event);
        exchange.setProperty(RULE, mapping.match(event).orElse(null));
    }
}
