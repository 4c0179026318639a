package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.camel.SpoolExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Settles the events of a batch as forwarded to their accounts, or as dropped with their reason. */
@ApplicationScoped
@Named("settleForwarded")
public class SettleForwarded implements Processor {

    @Override
    public void process(Exchange exchange) {
        Batch batch = SpoolExchange.batch(exchange);
        exchange.getMessage().getBody(SortedEvents.class).settlements().forEach(batch::mark);
        batch.commit();
    }
}
