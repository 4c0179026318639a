package dev.listrakrelay.spool.camel;

import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolTimes;
import java.util.function.Supplier;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** Creates the producer and the consumer of one spool. */
class SpoolEndpoint extends DefaultEndpoint {

    private final String name;
    private final Supplier<Spool> spool;
    private final SpoolTimes times;
    private final SpoolComponent.ConsumerOptions options;

    SpoolEndpoint(
            String uri,
            Component component,
            String name,
            Supplier<Spool> spool,
            SpoolTimes times,
            SpoolComponent.ConsumerOptions options) {
        super(uri, component);
        this.name = name;
        this.spool = spool;
        this.times = times;
        this.options = options;
    }

    @Override
    public Producer createProducer() {
        return new SpoolProducer(this, spool.get(), times);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        SpoolConsumer consumer = new SpoolConsumer(this, processor, name, spool.get(), times, options);
        configureConsumer(consumer);
        return consumer;
    }
}
