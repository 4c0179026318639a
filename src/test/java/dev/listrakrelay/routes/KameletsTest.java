package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.listrakrelay.packaged.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Kamelets of {@code routes/kamelets} in a plain Camel, which knows nothing of Listrak Relay. */
class KameletsTest {

    private static final String SECRET = "s3cret \"quoted\"";
    private static final String BODY = "{\"cart\":\"cärt\"}";

    private final CamelContext camel = new DefaultCamelContext();
    private final WireMockServer relay =
            new WireMockServer(options().dynamicPort().gzipDisabled(true));
    private final List<Exchange> taken = new CopyOnWriteArrayList<>();
    private final int port = Ports.free();

    @BeforeEach
    void startCamel() throws Exception {
        relay.start();
        relay.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(202)));
        camel.getComponent("kamelet", KameletComponent.class).setLocation("file:routes/kamelets");
        VertxPlatformHttpServerConfiguration http = new VertxPlatformHttpServerConfiguration();
        http.setBindPort(port);
        camel.addService(new VertxPlatformHttpServer(http));
        camel.getPropertiesComponent().addInitialProperty("secret", SECRET);
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
        relay.stop();
    }

    @Test
    void theSinkPostsEventsUnderItsWriteKeyAndNothingElse() throws Exception {
        // given
        route("direct:events", "kamelet:listrak-event-sink?writeKey=key&url=" + relay.baseUrl());

        // when
        camel.createProducerTemplate()
                .requestBodyAndHeaders(
                        "direct:events",
                        "[{\"type\":\"track\"}]",
                        Map.of("CamelHttpUri", "http://localhost:1", "CamelHttpPath", "/elsewhere", "X-Mine", "1"));

        // then
        relay.verify(
                1,
                postRequestedFor(urlEqualTo("/v1/events"))
                        .withHeader("Authorization", equalTo("Bearer key"))
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withoutHeader("X-Mine")
                        .withRequestBody(equalToJson("[{\"type\":\"track\"}]")));
    }

    @Test
    void theSinkFailsWhereTheRelayDidNotTakeTheEvents() throws Exception {
        // given
        relay.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(503)));
        route("direct:events", "kamelet:listrak-event-sink?writeKey=key&url=" + relay.baseUrl());

        // when
        Exchange sent = camel.createProducerTemplate()
                .send("direct:events", exchange -> exchange.getMessage().setBody("{}"));

        // then
        assertThat(sent.getException(), instanceOf(HttpOperationFailedException.class));
    }

    @Test
    void theSourceHandsOnWhatIsGenuineWithoutItsHeaders() throws Exception {
        // given
        openSource();
        long now = Instant.now().getEpochSecond();

        // when
        int base64 = webhook(now, Base64.getEncoder().encodeToString(hmac(BODY + now)));
        int hex = webhook(now - 600, HexFormat.of().withUpperCase().formatHex(hmac(BODY + (now - 600))));

        // then
        assertThat(List.of(base64, hex), contains(200, 200));
        assertThat(
                taken.stream()
                        .map(exchange -> exchange.getMessage().getBody(String.class))
                        .toList(),
                contains(BODY, BODY));
        assertThat(taken.get(0).getMessage().getHeader("LTK-Timestamp"), is((Object) null));
    }

    @Test
    void theSourceRefusesWhatIsNotGenuine() throws Exception {
        // given
        openSource();
        long now = Instant.now().getEpochSecond();

        // when
        int forged = webhook(now, Base64.getEncoder().encodeToString(hmac("other" + now)));
        int old = webhook(now - 1_000, Base64.getEncoder().encodeToString(hmac(BODY + (now - 1_000))));
        int empty = webhook(now, "");

        // then
        assertThat(List.of(forged, old, empty), contains(401, 401, 401));
        assertThat(taken, empty());
    }

    private void openSource() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:listrak-webhook-source?path=/hook&secret=RAW({{secret}})")
                        .process(exchange -> taken.add(exchange.copy()));
            }
        });
    }

    private void route(String from, String to) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(from).to(to);
            }
        });
    }

    private int webhook(long timestamp, String signature) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/hook"))
                .header("LTK-Timestamp", String.valueOf(timestamp))
                .header("LTK-HmacSignature", signature)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static byte[] hmac(String signed) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    }
}
