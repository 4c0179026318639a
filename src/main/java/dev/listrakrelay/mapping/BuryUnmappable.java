package dev.listrakrelay.mapping;

import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Sends an event that could not be mapped to the dead letters, so that it can be replayed once the mapping is mended. */
@ApplicationScoped
@Named("buryUnmappable")
public class BuryUnmappable implements Processor {

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String why = failure instanceof MappingFailed
                ? failure.getMessage()
                : failure.getClass().getName();
        exchange.getMessage().setBody(Settlement.Dead.unmappable(why));
    }

    /** What becomes of a queue's message that no event could be read from; null of any other. */
    public static Settlement.Dead unreadable(Event event) {
        return event.type().equals(Event.UNREADABLE) ? new Settlement.Dead(Event.UNREADABLE, event.name()) : null;
    }
}
