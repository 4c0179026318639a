package dev.listrakrelay.spool.camel;

import dev.listrakrelay.spool.Backoff;
import dev.listrakrelay.spool.DestinationGate;
import dev.listrakrelay.spool.RawJson;
import dev.listrakrelay.spool.Spools;
import dev.listrakrelay.tracing.Tracing;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * Connects routes with spools: {@code to: spool:<name>} stores events, and {@code from: spool:<name>} receives batches
 * of due events.
 */
@Singleton
@Named("spool")
public class SpoolComponent extends DefaultComponent {

    private final Spools spools;
    private final Tracing tracing;

    SpoolComponent(Spools spools, Tracing tracing) {
        this.spools = spools;
        this.tracing = tracing;
    }

    /** Adds type converters, so that any Camel step can read an event as the JSON that was received. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        TypeConverterRegistry converters = getCamelContext().getTypeConverterRegistry();
        converters.addTypeConverter(
                byte[].class, RawJson.class, new SimpleTypeConverter(false, (type, exchange, json) -> ((RawJson) json)
                        .raw()));
        converters.addTypeConverter(
                InputStream.class,
                RawJson.class,
                new SimpleTypeConverter(
                        false, (type, exchange, json) -> new ByteArrayInputStream(((RawJson) json).raw())));
        converters.addTypeConverter(
                String.class,
                RawJson.class,
                new SimpleTypeConverter(
                        false, (type, exchange, json) -> new String(((RawJson) json).raw(), StandardCharsets.UTF_8)));
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        DestinationGate gate = resolveAndRemoveReferenceParameter(parameters, "gate", DestinationGate.class);
        ConsumerOptions options = new ConsumerOptions(
                getAndRemoveParameter(parameters, "batchSize", Integer.class, 1000),
                getAndRemoveParameter(parameters, "linger", Duration.class, Duration.ofMillis(50)),
                new Backoff(
                        getAndRemoveParameter(parameters, "backoff", Duration.class, Duration.ofSeconds(1)),
                        getAndRemoveParameter(parameters, "maximumBackoff", Duration.class, Duration.ofMinutes(5))),
                gate == null ? DestinationGate.OPEN : gate,
                tracing);
        return new SpoolEndpoint(uri, this, name, () -> spools.named(name), spools.times(name), options);
    }

    /**
     * Holds the options with which a route receives batches.
     *
     * @param batchSize the most events in a batch, 1 or more
     * @param linger how long after the lane's last batch a batch that isn't full waits for more events
     * @param backoff how long a lane pauses after a failure of its route
     * @param gate holds batches back while their destination is parked
     * @param tracing makes spans of the requests of the route
     */
    record ConsumerOptions(int batchSize, Duration linger, Backoff backoff, DestinationGate gate, Tracing tracing) {}
}
