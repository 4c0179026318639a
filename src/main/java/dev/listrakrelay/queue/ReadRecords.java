package dev.listrakrelay.queue;

import dev.listrakrelay.ingest.MessageBatch;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/** Makes messages of the records that one poll brought, and gives up their consumer where these are given up. */
@Singleton
@Named("readRecords")
public class ReadRecords implements Processor {

    @Override
    public void process(Exchange exchange) {
        PolledRecords records = (PolledRecords) exchange.getMessage().getBody();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onFailure(Exchange failed) {
                records.giveUp();
            }
        });
        exchange.setProperty(PolledRecords.PROPERTY, records);
        exchange.getMessage().setBody(new MessageBatch(records.messages(), MessageBatch.Unreadable.KEPT));
    }
}
