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
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

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
import java.util.logging.Level;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kamelets of {@code routes/kamelets} work in a plain Camel, without code of Listrak Relay. */
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

    @ParameterizedTest
    @ValueSource(ints = {200, 202})
    void theSinkFailsWithTheReasonsWhereTheRelayRefusedSomeOfTheEvents(int status) throws Exception {
        // given
        String answer = "{\"accepted\":1,\"rejected\":[{\"index\":1,\"reason\":\"type: missing\"}]}";
        relay.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status).withBody(answer)));
        route("direct:events", "kamelet:listrak-event-sink?writeKey=key&url=" + relay.baseUrl());

        // when
        Exchange sent = camel.createProducerTemplate()
                .send("direct:events", exchange -> exchange.getMessage().setBody("[{},{}]"));

        // then
        assertThat(sent.getException(), instanceOf(IllegalArgumentException.class));
        assertThat(sent.getException().getMessage(), is("the relay refused events: " + answer));
    }

    @Test
    void theSinkReturnsTheRelaysAnswerWhereItTookAllEvents() throws Exception {
        // given
        String answer = "{\"accepted\":1,\"rejected\":[]}";
        relay.stubFor(post(anyUrl()).willReturn(aResponse().withBody(answer)));
        route("direct:events", "kamelet:listrak-event-sink?writeKey=key&url=" + relay.baseUrl());

        // when
        Object returned = camel.createProducerTemplate().requestBody("direct:events", "{}");

        // then
        assertThat(returned, is(answer));
    }

    @Test
    void theSinkKeepsItsWriteKeyToItself() throws Exception {
        // given
        camel.getPropertiesComponent().addInitialProperty("camel.kamelet.listrak-event-sink.writeKey", "k3y-of-mine");
        route("direct:events", "kamelet:listrak-event-sink?url=" + relay.baseUrl());

        // when
        camel.createProducerTemplate().requestBody("direct:events", "{}");
        List<String> shown = camel.getEndpoints().stream().map(Object::toString).toList();

        // then
        relay.verify(
                postRequestedFor(urlEqualTo("/v1/events")).withHeader("Authorization", equalTo("Bearer k3y-of-mine")));
        assertThat(shown, hasItem(containsString("listrak-event-sink")));
        assertThat(shown, not(hasItem(containsString("k3y-of-mine"))));
    }

    @Test
    void theSourcePassesGenuineWebhooksOnWithoutTheirHeaders() throws Exception {
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
        String zero = "0" + now;
        int zeroed = webhook(zero, Base64.getEncoder().encodeToString(hmac(BODY + zero)), "application/json", "");

        // then
        assertThat(List.of(forged, old, empty, zeroed), contains(401, 401, 401, 401));
        assertThat(taken, empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "nonsense"
            })
    void theSourceRefusesAFormAndWhatIsNotSignedWithoutAStackTrace(String contentType) throws Exception {
        // given
        openSource();
        String now = String.valueOf(Instant.now().getEpochSecond());

        LogLines lines = new LogLines("", line -> !line.getLoggerName().startsWith("org.apache.kafka."));

        // when
        int unsigned = webhook(null, null, contentType, "");
        int forged = webhook(now, Base64.getEncoder().encodeToString(hmac("other" + now)), contentType, "");

        // then
        lines.close();
        assertThat(List.of(unsigned, forged), contains(401, 401));
        assertThat(lines.from(Level.WARNING), empty());
        assertThat(taken, empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LTK-", "ltk-", "%4cTK-", "a=b&LTK-"})
    void aSignatureInTheQueryDoesNotCount(String prefix) throws Exception {
        // given
        openSource();
        String now = String.valueOf(Instant.now().getEpochSecond());
        String hex = HexFormat.of().formatHex(hmac(BODY + now));
        String query = "?" + prefix + "Timestamp=" + now + "&" + prefix.substring(prefix.indexOf('&') + 1)
                + "HmacSignature=" + hex;

        // when // then
        assertThat(webhook(null, null, "application/json", query), is(401));
        assertThat(taken, empty());
    }

    @Test
    void aQueryOfYourOwnIsNoObstacle() throws Exception {
        // given
        openSource();
        String now = String.valueOf(Instant.now().getEpochSecond());
        String hex = HexFormat.of().formatHex(hmac(BODY + now));

        // when // then
        assertThat(webhook(now, hex, "application/json", "?shop=a%20b&c"), is(200));
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
        return webhook(String.valueOf(timestamp), signature, "application/json", "");
    }

    /** @param timestamp null for a request without a signature */
    private int webhook(String timestamp, String signature, String contentType, String query)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/hook" + query))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(BODY));
        if (timestamp != null) {
            request.header("LTK-Timestamp", timestamp).header("LTK-HmacSignature", signature);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static byte[] hmac(String signed) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    }
}
