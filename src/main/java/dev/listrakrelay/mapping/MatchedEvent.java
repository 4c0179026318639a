package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** An event on its way through the route {@code map}, and the rules that send it. The steps find it on the exchange. */
public final class MatchedEvent {

    private static final String PROPERTY = "event";
    private static final MatchedRules UNMATCHED = new MatchedRules(List.of(), Optional.empty());

    private final Event event;
    private MatchedRules match = UNMATCHED;

    private MatchedEvent(Event event) {
        this.event = event;
    }

    /** Lets the steps of an exchange find an event, for which no rule is found yet. */
    public static MatchedEvent attach(Event event, Exchange exchange) {
        MatchedEvent unmatched = new MatchedEvent(event);
        exchange.setProperty(PROPERTY, unmatched);
        return unmatched;
    }

    public static MatchedEvent of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, MatchedEvent.class);
    }

    /** Notes the rules that send the event. */
    public void sentBy(MatchedRules rules) {
        match = rules;
    }

    public Event event() {
        return event;
    }

    /** Whether a rule sends the event. */
    public boolean hasRule() {
        return !match.rules().isEmpty();
    }

    /** Whether more than one Listrak event can result. */
    boolean isSplit() {
        return match.isSplit();
    }

    List<Rule> rules() {
        return match.rules();
    }

    /** Returns the event, which can be parsed already, or the JSON that a step put in its place. */
    EventJson json(Message message) {
        return message.getBody() instanceof EventJson json
                ? json
                : new EventJson(event.withRaw(message.getBody(byte[].class)));
    }
}
