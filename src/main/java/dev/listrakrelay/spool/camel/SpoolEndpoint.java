package dev.listrakrelay.spool.camel;

import dev.listrakrelay.spool.Spool;
import java.util.function.Supplier;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One spool as routes see it. */
class SpoolEndpoint extends DefaultEndpoint {

    private final String name;
    private final Supplier<Spool> spool;
    private final SpoolComponent.Intake intake;

    SpoolEndpoint(String uri, Component component, String name, Supplier<Spool> spool, SpoolComponent.Intake intake) {
        super(uri, component);
        this.name = name;
        this.spool = spool;
        this.intake = intake;
    }

    @Override
    public Producer createProducer() {
        return new SpoolProducer(this, spool.get());
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        SpoolConsumer consumer = new SpoolConsumer(this, processor, name, spool.get(), intake);
        configureConsumer(consumer);
        return consumer;
    }
}
