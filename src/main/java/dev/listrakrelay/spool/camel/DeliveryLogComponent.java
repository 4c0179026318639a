package dev.listrakrelay.spool.camel;

import dev.listrakrelay.spool.Backoff;
import dev.listrakrelay.spool.Spools;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/** Lets a route receive the delivery log of all spools: {@code from: spool-log:all}. */
@Singleton
@Named("spool-log")
public class DeliveryLogComponent extends DefaultComponent {

    private final Spools spools;

    DeliveryLogComponent(Spools spools) {
        this.spools = spools;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String all, Map<String, Object> parameters) {
        int batchSize = getAndRemoveParameter(parameters, "batchSize", Integer.class, 1_000);
        Backoff backoff = new Backoff(
                getAndRemoveParameter(parameters, "backoff", Duration.class, Duration.ofSeconds(1)),
                getAndRemoveParameter(parameters, "maximumBackoff", Duration.class, Duration.ofMinutes(5)));
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                throw new UnsupportedOperationException("spool-log: can't be written, only read");
            }

            @Override
            public Consumer createConsumer(Processor processor) throws Exception {
                Consumer consumer = new DeliveryLogConsumer(this, processor, spools::opened, batchSize, backoff);
                configureConsumer(consumer);
                return consumer;
            }
        };
    }
}
