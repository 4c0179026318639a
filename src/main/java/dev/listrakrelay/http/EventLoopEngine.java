package dev.listrakrelay.http;

import dev.listrakrelay.spool.SpoolConfig;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Runs the requests of a {@code platform-http} route on the server's event loop. Camel's own engine gives each request a
 * worker thread, which waits until the route has ended.
 *
 * <p>For routes whose steps never wait: a step that waits would stop all connections. With {@code spool.engine=kafka},
 * Camel's engine is used, because Kafka's producer waits while its buffer is full.
 */
@ApplicationScoped
@Unremovable
@Named("eventLoop")
public class EventLoopEngine implements PlatformHttpEngine {

    private final SpoolConfig spool;

    EventLoopEngine(SpoolConfig spool) {
        this.spool = spool;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor route) {
        PlatformHttpEngine camels = endpoint.getComponent().getEngine();
        return spool.engine() == SpoolConfig.Engine.KAFKA
                ? camels.createConsumer(endpoint, route)
                : new EventLoopConsumer(
                        endpoint, route, VertxPlatformHttpRouter.getRouterNameFromPort(camels.getServerPort()));
    }
}
