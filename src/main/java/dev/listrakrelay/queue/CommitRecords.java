package dev.listrakrelay.queue;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Tells Kafka that the records of this poll are in the spool. */
@Singleton
@Named("commitRecords")
public class CommitRecords implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getProperty(PolledRecords.PROPERTY, PolledRecords.class).commit();
    }
}
