package dev.listrakrelay.mapping;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Records at which step of which route file an exchange failed: the innermost step, which threw the exception.
 *
 * <p>It watches the routes that read a spool, and the routes that other routes call. The other routes answer a caller,
 * and their failures become no dead letters.
 */
@ApplicationScoped
@Unremovable
public class FailedStep implements CamelContextCustomizer {

    /** The exchange property with the failed step. */
    private static final String PROPERTY = "failedStep";

    private static final List<String> WATCHED = List.of("spool:", "direct:");

    private record Failure(Exception failure, String step) {}

    @Override
    public void configure(CamelContext camel) {
        camel.getCamelContextExtension()
                .addInterceptStrategy(
                        (context, node, target, next) -> isWatched(node) ? watched(target, name(node)) : target);
    }

    /** Returns the file, the line and the step's id, such as {@code file:/etc/…/30-map.camel.yaml:41: step filter1}. */
    public static Optional<String> of(Exchange failed) {
        return Optional.ofNullable(failed.getProperty(PROPERTY, Failure.class)).map(Failure::step);
    }

    private static boolean isWatched(NamedNode node) {
        NamedNode root = node;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root instanceof RouteDefinition route
                && route.getInput() != null
                && WATCHED.stream().anyMatch(route.getInput().getEndpointUri()::startsWith);
    }

    private static Processor watched(Processor step, String name) {
        return new DelegateAsyncProcessor(step) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                return super.process(exchange, isDoneSync -> {
                    if (exchange.getException() != null) {
                        recordFailure(exchange, name);
                    }
                    callback.done(isDoneSync);
                });
            }
        };
    }

    /** Keeps the innermost step: the steps around it report the same failure, or one that it caused, later. */
    private static void recordFailure(Exchange exchange, String step) {
        Failure known = exchange.getProperty(PROPERTY, Failure.class);
        for (Throwable cause = exchange.getException(); cause != null; cause = cause.getCause()) {
            if (known != null && known.failure() == cause) {
                return;
            }
        }
        exchange.setProperty(PROPERTY, new Failure(exchange.getException(), step));
    }

    private static String name(NamedNode node) {
        String step = "step " + (node.getId() == null ? node.getShortName() : node.getId());
        return node.getLocation() == null ? step : node.getLocation() + ":" + node.getLineNumber() + ": " + step;
    }
}
