package dev.listrakrelay.webhook;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Unwraps a webhook from its spool. In: a batch of one. Out: its body, byte for byte as Listrak sent it, under the
 * {@code Content-Type} that Listrak gave it, and no other headers; the exchange properties {@code webhookId} and
 * {@code webhookContact} tell its id and whom it is about.
 */
@ApplicationScoped
@Named("unwrapWebhook")
public class UnwrapWebhook implements Processor {

    static final String ID = "webhookId";

    /** What a webhook is where nothing else is known. */
    static final String JSON = "application/json";

    private static final String CONTACT = "webhookContact";

    @Override
    public void process(Exchange exchange) {
        Batch batch = Batch.of(exchange);
        if (batch.size() != 1) {
            throw new IllegalStateException("batchSize: expected 1 where webhooks are taken from their spool");
        }
        Event event = batch.iterator().next();
        exchange.setProperty(ID, event.messageId());
        exchange.setProperty(CONTACT, event.contact());
        exchange.getMessage().removeHeaders("*");
        // a webhook's type is the media type of its body
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, event.type().contains("/") ? event.type() : JSON);
        exchange.getMessage().setBody(event.raw());
    }
}
