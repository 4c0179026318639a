package dev.listrakrelay.queue;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Commits the offsets of a poll's records to Kafka, after the spool has stored them. */
@Singleton
@Named("commitRecords")
public class CommitRecords implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getProperty(PolledRecords.PROPERTY, PolledRecords.class).commit();
    }
}
