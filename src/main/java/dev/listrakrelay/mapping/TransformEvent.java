package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Builds the Listrak event of an event or a part, by the rule that {@link FindRule} found.
 *
 * <p>In: the event or part, or the JSON that an earlier step put in its place. Out: a {@link ListrakEvent}, or {@link
 * DroppedEvent}.
 */
@ApplicationScoped
@Named("transformEvent")
public class TransformEvent implements Processor {

    /** The header with the part, which stays if a step replaces the body. */
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

    /** Returns the event, which can be parsed already, or the JSON that a step put in its place. */
    static EventJson json(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof EventJson json
                ? json
                : new EventJson(event(exchange).withRaw(exchange.getMessage().getBody(byte[].class)));
    }
}
