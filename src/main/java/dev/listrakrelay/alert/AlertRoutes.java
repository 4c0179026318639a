package dev.listrakrelay.alert;

import dev.listrakrelay.delivery.Destination;
import dev.listrakrelay.delivery.Destinations;
import dev.listrakrelay.delivery.RequestDeadline;
import dev.listrakrelay.webhook.ThirdPartyHttpClient;
import dev.listrakrelay.webhook.ThirdPartySettings;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedStartupListener;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spi.CamelContextCustomizer;

/**
 * Adds the routes of alerts if {@code alerts.url} is set: {@code alerts}, and {@code alerts-post} if no route of the operator
 * takes from {@code direct:alerts}. Then it starts the watch.
 */
@ApplicationScoped
@Unremovable
public class AlertRoutes implements CamelContextCustomizer, ExtendedStartupListener {

    private static final String READER = "alerts";
    private static final String POST = "alerts-post";

    private final AlertsConfig config;
    private final Destinations destinations;
    private final RequestDeadline deadlines;
    private final AlertSchedule schedule;
    private final Clock clock;

    AlertRoutes(
            AlertsConfig config,
            Destinations destinations,
            RequestDeadline deadlines,
            AlertSchedule schedule,
            Clock clock) {
        this.config = config;
        this.destinations = destinations;
        this.deadlines = deadlines;
        this.schedule = schedule;
        this.clock = clock;
    }

    @Override
    public void configure(CamelContext camel) {
        if (config.url().isEmpty()) {
            return;
        }
        Destination receiver = destinations.add(AlertsConfig.SPOOL, config.maxAge());
        camel.getRegistry().bind("alert-receiver", receiver);
        camel.getRegistry()
                .bind(
                        "alert-http-client",
                        new ThirdPartyHttpClient(
                                new ThirdPartySettings(
                                        "alerts", "alerts.url", config.deadline(), config.allowPrivate()),
                                receiver,
                                deadlines,
                                clock));
        try {
            camel.addStartupListener(this);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    @Override
    public void onCamelContextStarted(CamelContext camel, boolean alreadyStarted) {
        // too early: Camel would not start a route that is added here
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext camel, boolean alreadyStarted) throws Exception {
        boolean hasReceiver = camel.getRoutes().stream()
                .anyMatch(route -> route.getEndpoint().getEndpointBaseUri().equals("direct://alerts"));
        if (!hasReceiver) {
            TemplatedRouteBuilder.builder(camel, POST).routeId(POST).add();
        }
        TemplatedRouteBuilder.builder(camel, READER).routeId(READER).add();
        schedule.start();
    }
}
