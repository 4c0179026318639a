package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.camel.SpoolExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Settles the events of a batch as forwarded to their accounts, or as dropped with their reason. */
@ApplicationScoped
@Named("settleForwarded")
public class SettleForwarded implements Processor {

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        Batch batch = SpoolExchange.batch(exchange);
        ((Map<Event, Settlement>) exchange.getProperty(SortByAccount.SORTED, Map.class)).forEach(batch::mark);
        batch.commit();
    }
}
