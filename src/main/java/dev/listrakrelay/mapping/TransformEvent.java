package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes of an event, or of a part of one, what Listrak gets by the rule that was found.
 *
 * <p>In: the event or part, or whatever JSON a step before this one made of it. Out: a {@link ListrakEvent}, or {@link
 * Dropped}.
 */
@ApplicationScoped
@Named("transformEvent")
public class TransformEvent implements Processor {

    /** The header that a part of an event is known by, whatever becomes of the body. */
    static final String PART = "eventPart";

    private final FieldCheck check;

    TransformEvent(FieldCheck check) {
        this.check = check;
    }

    @Override
    public void process(Exchange exchange) {
        EventPart part = exchange.getMessage().getHeader(PART, EventPart.class);
        Rule rule = part == null ? exchange.getProperty(FindRule.RULE, Rule.class) : part.rule();
        boolean isUnchanged = part != null && exchange.getMessage().getBody() == part;
        exchange.getMessage()
                .setBody(rule.transform(
                        event(exchange),
                        isUnchanged ? part.tree() : json(exchange).tree(),
                        check));
    }

    static Event event(Exchange exchange) {
        return exchange.getProperty(FindRule.EVENT, Event.class);
    }

    /** The event as it came, which may have been read before, or what a step made of it. */
    static EventJson json(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof EventJson json
                ? json
                : new EventJson(event(exchange).withRaw(exchange.getMessage().getBody(byte[].class)));
    }
}
