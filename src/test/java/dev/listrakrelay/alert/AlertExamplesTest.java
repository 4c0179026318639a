package dev.listrakrelay.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.camel.SpoolExchange;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The examples for alerts in {@code routes/examples} post what their receivers expect. */
class AlertExamplesTest {

    private static final Instant SINCE = Instant.parse("2026-06-06T12:34:56Z");
    private static final String WHAT = "The mapping has a \"quoted\" mistake, isn't it? {a} (b), $c";
    private static final Problem PROBLEM = new Problem(AlertKind.MAPPING_REFUSED, "", WHAT, SINCE, 1);

    private final WireMockServer receiver =
            new WireMockServer(wireMockConfig().dynamicPort().gzipDisabled(true));
    private final ObjectMapper json = new ObjectMapper();
    private AlertsConfig config;

    @BeforeEach
    void open() {
        receiver.start();
        receiver.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(202)));
        config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(AlertsConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of("alerts.url", receiver.baseUrl() + "/hook", "alerts.authorization", "Bearer key"),
                        "test",
                        500))
                .build()
                .getConfigMapping(AlertsConfig.class);
    }

    @AfterEach
    void close() {
        receiver.stop();
    }

    @Test
    void aChatGetsATextWithALink() throws Exception {
        // when
        JsonNode message = posted("alerts-to-chat", AlertState.RAISED);

        // then
        assertThat(message.size(), is(1));
        assertThat(
                message.path("text").asText(),
                is("*raised* " + WHAT + "\n" + AlertKind.MAPPING_REFUSED.todo()
                        + "\nhttps://relay.example.com/console/#/settings"));
    }

    @Test
    void aMailServiceGetsAMail() throws Exception {
        // when
        JsonNode mail = posted("alerts-to-mail", AlertState.RESOLVED);

        // then
        assertThat(mail.path("from").asText(), is("relay@example.com"));
        assertThat(mail.path("to").asText(), is("on-call@example.com"));
        assertThat(mail.path("subject").asText(), is("Listrak Relay, resolved: ListrakRelayMappingRefused"));
        assertThat(
                mail.path("text").asText(),
                is("The mapping file is active.\nNothing.\nhttps://relay.example.com/console/#/settings"));
    }

    @Test
    void pagerDutyOpensAnIncidentAndClosesTheSame() throws Exception {
        // when
        JsonNode raised = posted("alerts-to-pagerduty", AlertState.RAISED);
        JsonNode reminder = posted("alerts-to-pagerduty", AlertState.REMINDER);
        JsonNode resolved = posted("alerts-to-pagerduty", AlertState.RESOLVED);

        // then
        assertThat(raised.path("routing_key").asText(), is("routing-key"));
        assertThat(raised.path("event_action").asText(), is("trigger"));
        assertThat(raised.path("dedup_key").asText(), is("ListrakRelayMappingRefused"));
        assertThat(raised.at("/payload/summary").asText(), is(WHAT));
        assertThat(raised.at("/payload/severity").asText(), is("warning"));
        assertThat(raised.at("/payload/source").asText(), is("relay-0:8080"));
        assertThat(raised.at("/payload/custom_details/since").asText(), is(SINCE.toString()));
        assertThat(reminder.path("event_action").asText(), is("trigger"));
        assertThat(resolved.path("event_action").asText(), is("resolve"));
        assertThat(resolved.path("dedup_key"), is(raised.path("dedup_key")));
    }

    /** A spool that does nothing. */
    private static Spool anySpool() {
        return (Spool) Proxy.newProxyInstance(
                Spool.class.getClassLoader(), new Class<?>[] {Spool.class}, (proxy, method, arguments) -> null);
    }

    /** Runs an example with an alert about a mapping file, and returns the JSON that its receiver got. */
    private JsonNode posted(String example, AlertState state) throws Exception {
        receiver.resetRequests();
        Event event = Alert.event(
                "id", new Alert(state, PROBLEM, SINCE).toJson("https://relay.example.com/", "relay-0:8080"));
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Properties settings = new Properties();
            settings.put("pagerduty.routing-key", "routing-key");
            camel.getPropertiesComponent().setOverrideProperties(settings);
            camel.getRegistry().bind("alert-http-client", (HttpClientConfigurer) client -> {});
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(PluginHelper.getResourceLoader(camel)
                            .resolveResource("file:routes/examples/" + example + ".camel.yaml"));
            camel.start();
            Exchange sent = camel.createProducerTemplate().send("direct:alerts", exchange -> {
                SpoolExchange.set(exchange, new Batch(anySpool(), 0, List.of(event), any -> 0));
                new UnwrapAlert(config, Clock.systemUTC()).process(exchange);
            });
            assertThat(String.valueOf(sent.getException()), is("null"));
        }
        LoggedRequest request = receiver.findAll(anyRequestedFor(anyUrl())).get(0);
        assertThat(request.getUrl(), is("/hook"));
        assertThat(request.getHeader("Authorization"), is("Bearer key"));
        assertThat(request.getHeader("Content-Type"), is("application/json"));
        return json.readTree(request.getBody());
    }
}
