package dev.listrakrelay.spool.camel;

import dev.listrakrelay.spool.Backoff;
import dev.listrakrelay.spool.Gate;
import dev.listrakrelay.spool.RawJson;
import dev.listrakrelay.spool.Spools;
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
 * Gives routes the spool: {@code to: spool:<name>} appends, {@code from: spool:<name>} hands out batches of due events.
 */
@Singleton
@Named("spool")
public class SpoolComponent extends DefaultComponent {

    private final Spools spools;

    SpoolComponent(Spools spools) {
        this.spools = spools;
    }

    /** Lets any Camel step read an event as the JSON it came as, and a part of one as its own. */
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
        Gate gate = resolveAndRemoveReferenceParameter(parameters, "gate", Gate.class);
        Intake intake = new Intake(
                getAndRemoveParameter(parameters, "batchSize", Integer.class, 1000),
                getAndRemoveParameter(parameters, "linger", Duration.class, Duration.ofMillis(20)),
                new Backoff(
                        getAndRemoveParameter(parameters, "backoff", Duration.class, Duration.ofSeconds(1)),
                        getAndRemoveParameter(parameters, "maximumBackoff", Duration.class, Duration.ofMinutes(5))),
                gate == null ? Gate.OPEN : gate);
        return new SpoolEndpoint(uri, this, name, () -> spools.named(name), spools.times(name), intake);
    }

    /**
     * How a route takes events out of the spool.
     *
     * @param batchSize the most events at once, 1 or more
     * @param linger how long a batch that isn't full waits for more
     * @param backoff how long a lane rests after its route failed
     * @param gate what a batch passes on its way into the route
     */
    record Intake(int batchSize, Duration linger, Backoff backoff, Gate gate) {}
}
