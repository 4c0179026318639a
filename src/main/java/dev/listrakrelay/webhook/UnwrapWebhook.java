package dev.listrakrelay.webhook;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.camel.SpoolExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Restores a webhook from its spool. In: a batch of one event. Out: the body, byte for byte as Listrak sent it, with only
 * Listrak's {@code Content-Type} as header. The exchange properties {@code webhookId} and {@code webhookContact} hold its
 * id and its contact.
 */
@ApplicationScoped
@Named("unwrapWebhook")
public class UnwrapWebhook implements Processor {

    static final String ID = "webhookId";

    /** The media type of a webhook that came without a valid one. */
    static final String JSON = "application/json";

    private static final String CONTACT = "webhookContact";

    @Override
    public void process(Exchange exchange) {
        Batch batch = SpoolExchange.batch(exchange);
        if (batch.size() != 1) {
            throw new IllegalStateException(
                    "batchSize: expected 1 in a route that reads a webhook's spool, found " + batch.size());
        }
        Event event = batch.iterator().next();
        exchange.setProperty(ID, event.messageId());
        exchange.setProperty(CONTACT, event.contact());
        exchange.getMessage().removeHeaders("*");
        // the event's type holds the media type of the body
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, event.type().contains("/") ? event.type() : JSON);
        exchange.getMessage().setBody(event.raw());
    }
}
