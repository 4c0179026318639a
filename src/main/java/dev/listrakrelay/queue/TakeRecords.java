package dev.listrakrelay.queue;

import dev.listrakrelay.ingest.Messages;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Makes messages of the records that one poll brought, and takes nothing more from a consumer whose records were given
 * up: committing later ones would pass over them.
 */
@Singleton
@Named("takeRecords")
public class TakeRecords implements Processor {

    private final Set<Consumer<?, ?>> givenUp =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        TakenRecords records =
                new TakenRecords((List<Exchange>) exchange.getMessage().getBody());
        if (givenUp.contains(records.consumer())) {
            throw new IllegalStateException("kafka: records before these are not stored, the consumer is stopping");
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onFailure(Exchange failed) {
                givenUp.add(records.consumer());
            }
        });
        exchange.setProperty(TakenRecords.PROPERTY, records);
        exchange.getMessage().setBody(new Messages(records.messages(), Messages.Unreadable.KEPT));
    }
}
