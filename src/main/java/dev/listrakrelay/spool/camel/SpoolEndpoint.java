package dev.listrakrelay.spool.camel;

import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolTimes;
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
    private final SpoolTimes times;
    private final SpoolComponent.Intake intake;

    SpoolEndpoint(
            String uri,
            Component component,
            String name,
            Supplier<Spool> spool,
            SpoolTimes times,
            SpoolComponent.Intake intake) {
        super(uri, component);
        this.name = name;
        this.spool = spool;
        this.times = times;
        this.intake = intake;
    }

    @Override
    public Producer createProducer() {
        return new SpoolProducer(this, spool.get(), times);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        SpoolConsumer consumer = new SpoolConsumer(this, processor, name, spool.get(), times, intake);
        configureConsumer(consumer);
        return consumer;
    }
}
