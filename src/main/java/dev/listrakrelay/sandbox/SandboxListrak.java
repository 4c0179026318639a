package dev.listrakrelay.sandbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.concurrent.CompletionException;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.eclipse.microprofile.config.Config;

/**
 * Starts the sandbox Listrak in the sandbox and dev profiles. In any other profile it does nothing.
 *
 * <p>It starts while Camel is being configured, because Camel's routes start before Quarkus reports its start, and a backlog is
 * sent at once. {@link SandboxGuard} checks before the start that nothing is sent anywhere else.
 */
@ApplicationScoped
public class SandboxListrak implements CamelContextCustomizer {

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
            server = new SandboxServer(vertx, clock, relayPort());
            port = listen();
        }
    }

    /** Returns the commands to try, with the actual ports. */
    SandboxHints hints() {
        return new SandboxHints(relayPort(), port("quarkus.management.port", 9000), port);
    }

    /** Stops after everything that may still call it. */
    void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent stopped) {
        if (server != null) {
            server.stop().toCompletionStage().toCompletableFuture().join();
        }
    }

    private int listen() {
        try {
            return server.start(sandbox.port())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException notListening) {
            throw new ConfigurationException("sandbox.port: expected a free port, found " + sandbox.port() + ": "
                    + notListening.getCause().getMessage());
        }
    }

    private int relayPort() {
        return port("quarkus.http.port", 8080);
    }

    private int port(String key, int fallback) {
        return config.getOptionalValue(key, Integer.class).orElse(fallback);
    }
}
