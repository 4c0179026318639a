package dev.listrakrelay.queue;

import dev.listrakrelay.ingest.MessageBatch;
import dev.listrakrelay.tracing.Tracing;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/** Turns the records of one poll into messages. If the route fails, stops the consumer, so that no later record is committed. */
@Singleton
@Named("readRecords")
public class ReadRecords implements Processor {

    private final Tracing tracing;

    ReadRecords(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public void process(Exchange exchange) {
        PolledRecords records = (PolledRecords) exchange.getMessage().getBody();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onFailure(Exchange failed) {
                records.abandon();
            }
        });
        exchange.setProperty(PolledRecords.PROPERTY, records);
        exchange.getMessage()
                .setBody(new MessageBatch(records.messages(tracing.isOn()), MessageBatch.Unreadable.DEAD_LETTER));
    }
}
