package dev.listrakrelay.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.listrakrelay.delivery.DeliveryBeans;
import dev.listrakrelay.delivery.DestinationConfig;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.OpenSpools;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolConfig;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.TestClock;
import dev.listrakrelay.spool.camel.SpoolComponents;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a third party was down for a day, with a restart every hour, the built-in route forwards all webhooks to it.
 */
class ThirdPartyDownForADayTest {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final List<String> CONTACTS = List.of("a@example.com", "b@example.com", "c@example.com");
    private static final int HOURS = 24;

    @TempDir
    Path dir;

    private final TestClock clock = new TestClock();
    private final WireMockServer thirdParty =
            new WireMockServer(wireMockConfig().dynamicPort().gzipDisabled(true));
    private SmallRyeConfig config;
    private OpenSpools spools;
    private DefaultCamelContext camel;

    @BeforeEach
    void open() {
        thirdParty.start();
        Map<String, String> settings = Map.of(
                "spool.dir",
                dir.toString(),
                "webhook.orders.secret",
                "s3cret",
                "webhook.orders.forward-url",
                thirdParty.baseUrl(),
                "webhook.orders.allow-private",
                "true");
        config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(SpoolConfig.class)
                .withMapping(WebhookConfig.class)
                .withMapping(DestinationConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build();
    }

    @AfterEach
    void close() {
        thirdParty.stop();
    }

    @Test
    void allWebhooksArriveOnceAndInOrderAfterTheOutage() throws Exception {
        // given
        thirdPartyAnswers(503);

        // when
        for (int hour = 0; hour < HOURS; hour++) {
            start();
            for (String contact : CONTACTS) {
                keep(contact, hour);
            }
            await().atMost(BOUND).until(() -> !arrived().isEmpty());
            stop();
            thirdParty.resetRequests();
            clock.advance(Duration.ofHours(1));
        }
        thirdPartyAnswers(200);
        start();
        await().atMost(BOUND).until(() -> {
            clock.advance(Duration.ofMinutes(5));
            return spool().pending() == 0;
        });
        stop();

        // then
        for (String contact : CONTACTS) {
            List<String> expected = new ArrayList<>();
            for (int hour = 0; hour < HOURS; hour++) {
                expected.add(contact + " " + hour);
            }
            assertThat(
                    arrived().stream().filter(body -> body.startsWith(contact)).toList(), is(expected));
        }
    }

    private void thirdPartyAnswers(int status) {
        thirdParty.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status)));
    }

    private List<String> arrived() {
        return thirdParty.findAll(anyRequestedFor(anyUrl())).stream()
                .map(LoggedRequest::getBodyAsString)
                .toList();
    }

    private void keep(String contact, int hour) {
        String id = "msg_" + contact + hour;
        byte[] body = (contact + " " + hour).getBytes(StandardCharsets.UTF_8);
        SpoolUnavailable.await(spool().append(List.of(
                new Event(0, id, "webhook-orders", "webhook", "orders", contact, clock.instant(), body))));
    }

    private Spool spool() {
        return spools.spools().named("webhook-orders");
    }

    private void start() throws Exception {
        SpoolConfig spool = config.getConfigMapping(SpoolConfig.class);
        WebhookConfig webhooks = config.getConfigMapping(WebhookConfig.class);
        spools = new OpenSpools(spool, clock);
        camel = new DefaultCamelContext();
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "delivery.backoff", "1s",
                "delivery.maximum-backoff", "5m",
                "delivery.redeliveries", "0",
                "delivery.redelivery-delay-millis", "0"));
        camel.getPropertiesComponent().setOverrideProperties(settings);
        camel.addComponent("spool", SpoolComponents.of(spools.spools()));
        DeliveryBeans.named(spool, clock).forEach(camel.getRegistry()::bind);
        camel.getRegistry().bind("unwrapWebhook", new UnwrapWebhook());
        camel.getRegistry().bind("signWebhook", new SignWebhook(webhooks, clock));
        new ThirdParties(
                        webhooks,
                        DeliveryBeans.destinations(config.getConfigMapping(DestinationConfig.class), clock),
                        DeliveryBeans.deadlines(),
                        spools.spools(),
                        clock)
                .configure(camel);
        for (String file : List.of("91-webhook-failures", "60-webhook-forward")) {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(PluginHelper.getResourceLoader(camel)
                            .resolveResource("file:routes/" + file + ".camel.yaml"));
        }
        camel.start();
    }

    private void stop() throws Exception {
        camel.stop();
        spools.close();
    }
}
