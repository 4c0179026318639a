package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** Starts WireMock as a fake Listrak and configures the relay for it: a new spool, random ports, short pauses. */
public class FakeListrakAccount implements QuarkusTestResourceLifecycleManager {

    static final String CLIENT_ID = "relay & co";
    static final String CLIENT_SECRET = "a+b&c%d=e f";
    static final String EVENT_UID = "11111111-2222-4333-8444-555555555555";
    static final String ADMIN_TOKEN = "token-of-the-operator";
    static final String READ_TOKEN = "token-of-the-marketer";

    /** The only origin whose pages may post. */
    static final String SHOP = "https://shop.example.com";

    static final String WRITE_KEY = "key-of-the-shop";
    static final String SECOND_WRITE_KEY = "key-of-the-app";

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().containerThreads(40));

    @Override
    public Map<String, String> start() {
        server.start();
        Map<String, String> config = new HashMap<>();
        config.put("quarkus.http.test-port", "0");
        config.put("quarkus.management.test-port", "0");
        config.put("spool.dir", newFolder());
        config.put("admin.token", ADMIN_TOKEN);
        config.put("admin.read-token", READ_TOKEN);
        config.put("quarkus.http.cors.enabled", "true");
        config.put("quarkus.http.cors.origins", SHOP);
        config.put("source.rest.write-keys", WRITE_KEY + "," + SECOND_WRITE_KEY);
        config.put("listrak.client-id", CLIENT_ID);
        config.put("listrak.client-secret", CLIENT_SECRET);
        config.put("listrak.company-id", "12345");
        config.put("listrak.event-uid", EVENT_UID);
        config.put("listrak.api-url", server.baseUrl() + "/crosschannel/v1");
        config.put("listrak.auth-url", server.baseUrl() + "/OAuth2/Token");
        config.put("listrak.schema-check", "0");
        config.put("delivery.redelivery-delay-millis", "20");
        config.put("delivery.backoff", "50ms");
        config.put("delivery.maximum-backoff", "200ms");
        config.put("delivery.parked.probe-interval", "200ms");
        config.put("delivery.parked.maximum-probe-interval", "500ms");
        config.putAll(ShapesOfTheReadme.settings());
        return config;
    }

    private static String newFolder() {
        try {
            return Files.createTempDirectory("relay-spool").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, new TestInjector.MatchesType(WireMockServer.class));
    }

    @Override
    public void stop() {
        server.stop();
    }
}
