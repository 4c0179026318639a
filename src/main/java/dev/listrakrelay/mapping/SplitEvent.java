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
 * Splits an event into parts, each of which becomes a Listrak event: one for each rule that sends it, and one for each
 * item of a rule with {@code split}.
 *
 * <p>In: the event, or the JSON that an earlier step put in its place. Out: a list of messages, each with an {@link
 * EventPart} as its body.
 */
@ApplicationScoped
@Named("splitEvent")
public class SplitEvent implements Processor {

    @Override
    public void process(Exchange exchange) {
        MatchedEvent event = MatchedEvent.of(exchange);
        ObjectNode tree = event.json(exchange.getMessage()).tree();
        List<Message> parts = EventPart.of(event.event(), event.rules(), tree).stream()
                .map(part -> message(exchange, part))
                .toList();
        exchange.getMessage().setBody(parts);
    }

    /** The part is also a header, so that its rule is known if a step replaces the body. */
    private static Message message(Exchange exchange, EventPart part) {
        Message message = new DefaultMessage(exchange);
        message.setBody(part);
        message.setHeader(TransformEvent.PART, part);
        return message;
    }
}
