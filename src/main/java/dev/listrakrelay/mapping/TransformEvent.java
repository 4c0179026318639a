package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes of an event what Listrak gets, by the rule that was found.
 *
 * <p>In: the event, or whatever JSON a step before this one made of it. Out: a {@link ListrakEvent}, or {@link Dropped}.
 */
@ApplicationScoped
@Named("transformEvent")
public class TransformEvent implements Processor {

    private final Mapping mapping;

    TransformEvent(Mapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public void process(Exchange exchange) {
        Event event = exchange.getProperty(FindRule.EVENT, Event.class);
        Object body = exchange.getMessage().getBody();
        if (!(body instanceof Event)) {
            event = event.withRaw(exchange.getMessage().getBody(byte[].class));
        }
        Rule rule = exchange.getProperty(FindRule.RULE, Rule.class);
        exchange.getMessage().setBody(mapping.transform(event, rule));
    }
}
