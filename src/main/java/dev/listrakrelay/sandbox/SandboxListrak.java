package dev.listrakrelay.sandbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Stands in for Listrak in the sandbox and dev profiles; in any other profile it does nothing at all.
 *
 * <p>Camel starts its routes before Quarkus tells that it has started. So the check, and the door, come while Camel is
 * being configured: not even a backlog is sent anywhere else.
 */
@ApplicationScoped
public class SandboxListrak implements CamelContextCustomizer {

    private static final Logger LOG = Logger.getLogger(SandboxListrak.class);

    private final Vertx vertx;
    private final SandboxConfig sandbox;
    private final Config config;
    private final Clock clock;
    private SandboxServer server;
    private int port;

    SandboxListrak(Vertx vertx, SandboxConfig sandbox, Config config, Clock clock) {
        this.clock = clock;
        this.vertx = vertx;
        this.sandbox = sandbox;
        this.config = config;
    }

    @Override
    public void configure(CamelContext camel) {
        if (SandboxGuard.isSandbox(ConfigUtils.getProfiles())) {
            refuseBesideRealCredentials();
            server = new SandboxServer(vertx, clock, relayPort());
            port = listen();
        }
    }

    void sayWhatToTry(@Observes StartupEvent started) {
        if (server != null) {
            LOG.info(new SandboxHints(relayPort(), port).banner());
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (server != null) {
            server.stop().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void refuseBesideRealCredentials() {
        List<String> mistakes = SandboxGuard.mistakes(
                sandbox.port(),
                value("listrak.client-id"),
                value("listrak.client-secret"),
                value("listrak.api-url"),
                value("listrak.auth-url"));
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(
                    "The sandbox refuses to run beside real credentials:\n" + String.join("\n", mistakes));
        }
    }

    private int listen() {
        try {
            return server.start(sandbox.port())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException notListening) {
            throw new ConfigurationException("sandbox.port: can't listen there, expected a free port, found "
                    + sandbox.port() + " (" + notListening.getCause().getMessage() + ")");
        }
    }

    private int relayPort() {
        return config.getOptionalValue("quarkus.http.port", Integer.class).orElse(8080);
    }

    private String value(String property) {
        return config.getOptionalValue(property, String.class).orElse(null);
    }
}
