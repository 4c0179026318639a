package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Starts one WireMock for all third parties, each with its own path, and configures their webhooks. */
public class FakeThirdParty implements QuarkusTestResourceLifecycleManager {

    static final String SECRET = "s3cret of Journey Hub";
    static final String PREVIOUS_SECRET = "the one before";
    static final String FORWARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final Server server = new Server();

    /** A separate type, so that tests can tell it from the WireMock that is the fake Listrak. */
    public static class Server extends WireMockServer {
        Server() {
            super(wireMockConfig().dynamicPort().containerThreads(40));
        }
    }

    @Override
    public Map<String, String> start() {
        server.start();
        Map<String, String> config = new HashMap<>();
        for (String name : new String[] {"orders", "carts"}) {
            config.put("webhook." + name + ".secret", SECRET);
            config.put(
                    "webhook." + name + ".forward-url", server.baseUrl() + "/" + name + "?code=a%2Bb==&httpMethod=1");
            config.put("webhook." + name + ".forward-secret", FORWARD_SECRET);
            config.put("webhook." + name + ".allow-private", "true");
            config.put("webhook." + name + ".deadline", "1s");
        }
        config.put("webhook.orders.previous-secret", PREVIOUS_SECRET);
        config.put("webhook.carts.after", "Signed Up");
        // this third party may not have a private address, so it can't be reached here
        config.put("webhook.guarded.secret", SECRET);
        config.put("webhook.guarded.forward-url", "https://localhost:" + server.port() + "/guarded");
        // this webhook has no third party
        config.put("webhook.kept.secret", SECRET);
        return config;
    }

    /** The address of a third party. Its query has to arrive unchanged. */
    String url(String name) {
        return server.baseUrl() + "/" + name + "?code=a%2Bb==&httpMethod=1";
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, field -> field.getType() == Server.class);
    }

    @Override
    public void stop() {
        server.stop();
    }
}
