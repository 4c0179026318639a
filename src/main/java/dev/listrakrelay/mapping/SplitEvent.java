package dev.listrakrelay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * Takes an event apart into what becomes a Listrak event each: one for each rule that sends it, and of a rule with {@code
 * split} one for each item.
 *
 * <p>In: the event, or whatever JSON a step before this one made of it. Out: a list of messages, each with an {@link
 * EventPart} as its body; {@link Dropped} where there is no item.
 */
@ApplicationScoped
@Named("splitEvent")
public class SplitEvent implements Processor {

    @Override
    public void process(Exchange exchange) {
        ObjectNode tree = TransformEvent.json(exchange).tree();
        MatchedRules match = exchange.getProperty(FindRule.PARTS, MatchedRules.class);
        List<Message> parts = EventPart.of(TransformEvent.event(exchange), match.rules(), tree).stream()
                .map(part -> message(exchange, part))
                .toList();
        exchange.getMessage().setBody(parts);
    }

    /** The part is a header too, so that it is known which rule it is for when a step replaces the body. */
    private static Message message(Exchange exchange, EventPart part) {
        Message message = new DefaultMessage(exchange);
        message.setBody(part);
        message.setHeader(TransformEvent.PART, part);
        return message;
    }
}
