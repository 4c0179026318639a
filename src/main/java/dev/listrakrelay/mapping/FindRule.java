package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Looks up which rule of the mapping sends an event; its payload is read only where a rule asks for it.
 *
 * <p>In: an {@link Event}. Out: the same, {@link Dropped} where no rule sends it, or dead where a queue's message
 * could not be read as one; the exchange properties {@code
 * event}, {@code rule}, which is missing where none sends it, and {@code parts}, which is there where more than one
 * Listrak event may come of it.
 */
@ApplicationScoped
@Named("findRule")
public class FindRule implements Processor {

    public static final String EVENT = "event";
    public static final String RULE = "rule";
    static final String PARTS = "parts";
    static final String JSON = "eventJson";

    private final CurrentMapping mapping;

    FindRule(CurrentMapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public void process(Exchange exchange) {
        Event event = exchange.getMessage().getBody(Event.class);
        EventJson json = new EventJson(event);
        exchange.setProperty(EVENT, event);
        if (event.type().equals(Event.UNREADABLE)) {
            exchange.getMessage().setBody(new Settlement.Dead(Event.UNREADABLE, event.name()));
            return;
        }
        Match match = mapping.get().match(json);
        if (match.dropped().isPresent()) {
            exchange.getMessage().setBody(match.dropped().get());
            return;
        }
        exchange.setProperty(JSON, json);
        exchange.setProperty(RULE, match.rules().get(0));
        if (match.isSplit()) {
            exchange.setProperty(PARTS, match);
        }
    }
}
