package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.Attempt;
import dev.listrakrelay.mapping.CustomEvent;
import dev.listrakrelay.spool.Event;
import java.util.List;
import org.apache.camel.Exchange;

/** One request to Listrak. */
final class ListrakRequest extends Attempt {

    private final List<Delivery> deliveries;
    private final byte[] body;

    /**
     * @param deliveries its Listrak events, at most one for each contact, all for the same custom event
     * @param body its JSON in UTF-8
     */
    ListrakRequest(List<Delivery> deliveries, byte[] body) {
        this.deliveries = deliveries;
        this.body = body;
    }

    public static ListrakRequest of(Exchange exchange) {
        return (ListrakRequest) Attempt.of(exchange);
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    byte[] body() {
        return body;
    }

    @Override
    public List<Delivery> parts(Exchange exchange) {
        return deliveries;
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
