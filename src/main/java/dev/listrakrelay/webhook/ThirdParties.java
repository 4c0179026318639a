package dev.listrakrelay.webhook;

import dev.listrakrelay.delivery.Destination;
import dev.listrakrelay.delivery.Destinations;
import dev.listrakrelay.delivery.RequestDeadline;
import dev.listrakrelay.spool.Spools;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedStartupListener;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.jboss.logging.Logger;

/**
 * Gives each webhook its spool, and its third party's gate ({@code #thirdParty-<name>}) and HTTP client ({@code
 * #thirdPartyHttpClient-<name>}). If no route reads its spool, adds a route from the template {@code webhook-forward}.
 */
@ApplicationScoped
@Unremovable
public class ThirdParties implements CamelContextCustomizer, ExtendedStartupListener {

    private static final Logger LOG = Logger.getLogger(ThirdParties.class);
    private static final String TEMPLATE = "webhook-forward";

    private final WebhookConfig config;
    private final Destinations destinations;
    private final RequestDeadline deadlines;
    private final Spools spools;
    private final Clock clock;

    ThirdParties(
            WebhookConfig config, Destinations destinations, RequestDeadline deadlines, Spools spools, Clock clock) {
        this.config = config;
        this.destinations = destinations;
        this.deadlines = deadlines;
        this.spools = spools;
        this.clock = clock;
    }

    @Override
    public void configure(CamelContext camel) {
        config.byName().forEach((name, webhook) -> {
            Destination destination = destinations.add(WebhookConfig.spool(name), webhook.maxAge());
            camel.getRegistry().bind("thirdParty-" + name, destination);
            camel.getRegistry()
                    .bind(
                            "thirdPartyHttpClient-" + name,
                            new ThirdPartyHttpClient(
                                    ThirdPartySettings.of(name, webhook), destination, deadlines, clock));
        });
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
        for (String name : config.byName().keySet()) {
            spools.named(WebhookConfig.spool(name));
            if (hasRoute(camel, name)) {
                continue;
            }
            boolean hasForwardUrl = config.byName().get(name).forwardUrl().isPresent();
            boolean isTemplateLoaded = ((ModelCamelContext) camel).getRouteTemplateDefinition(TEMPLATE) != null;
            if (hasForwardUrl && isTemplateLoaded) {
                TemplatedRouteBuilder.builder(camel, TEMPLATE)
                        .routeId(TEMPLATE + "-" + name)
                        .parameter("webhook", name)
                        .add();
            } else {
                LOG.warnf(
                        "webhook %s: stored but not forwarded, expected webhook.%s.forward-url%s, or a route that reads spool:%s",
                        name,
                        name,
                        isTemplateLoaded ? "" : " and the route template " + TEMPLATE,
                        WebhookConfig.spool(name));
            }
        }
    }

    /** Returns whether a route of the operator reads the webhook's spool. */
    private static boolean hasRoute(CamelContext camel, String name) {
        String uri = "spool://" + WebhookConfig.spool(name);
        return camel.getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointBaseUri())
                .anyMatch(uri::equals);
    }
}
