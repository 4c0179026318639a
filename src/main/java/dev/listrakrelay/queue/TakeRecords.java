package dev.listrakrelay.queue;

import dev.listrakrelay.ingest.Messages;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/** Makes messages of the records that one poll brought, and gives up their consumer where these are given up. */
@Singleton
@Named("takeRecords")
public class TakeRecords implements Processor {

    @Override
    public void process(Exchange exchange) {
        TakenRecords records = (TakenRecords) exchange.getMessage().getBody();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onFailure(Exchange failed) {
                records.giveUp();
            }
        });
        exchange.setProperty(TakenRecords.PROPERTY, records);
        exchange.getMessage().setBody(new Messages(records.messages(), Messages.Unreadable.KEPT));
    }
}
