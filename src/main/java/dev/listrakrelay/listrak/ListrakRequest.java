package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.Attempt;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.spool.Event;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * One request to Listrak.
 *
 * @param deliveries its Listrak events, at most one for each contact, all for the same custom event
 * @param body its JSON in UTF-8
 */
record ListrakRequest(List<Delivery> deliveries, byte[] body) {

    private static final String PROPERTY = "listrakRequest";

    static ListrakRequest of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, ListrakRequest.class);
    }

    void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        new Attempt(deliveries).attachTo(exchange);
    }

    /** Returns the custom event to post to. */
    CustomEvent customEvent() {
        return deliveries.get(0).listrakEvent().customEvent();
    }

    List<Event> events() {
        return deliveries.stream().map(Delivery::event).toList();
    }

    @Override
    public String toString() {
        return "events=" + deliveries.size() + " bytes=" + body.length;
    }
}
