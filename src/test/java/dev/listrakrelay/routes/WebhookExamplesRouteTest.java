package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The routes of {@code routes/examples} work in a mounted folder beside the built-in routes. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
@WithTestResource(WebhookExamples.class)
class WebhookExamplesRouteTest extends Webhooks {

    WireMockServer listrak;

    @Inject
    CamelContext camel;

    @Test
    void aThirdPartyOfAFanOutGetsItsOwnWhileTheOtherIsDown() {
        // given
        thirdPartyAnswers("crm", aResponse().withStatus(503));
        thirdPartyAnswers("mailing", aResponse().withStatus(200));
        byte[] body = cart("fan@example.com");

        // when
        send("orders", body);
        await().atMost(BOUND)
                .until(() ->
                        forwarded("mailing").size() == 1 && forwarded("crm").size() >= 4);

        // then
        assertThat(spool("crm").pending(), is(1L));
        await().atMost(BOUND).until(() -> spool("orders").pending() == 0);
        awaitNothingPending("crm");
        assertThat(forwardedBodies("crm"), everyItem(is(new String(body, StandardCharsets.UTF_8))));
        assertThat(forwarded("mailing"), hasSize(1));
        assertThat("the default route gives way", forwarded("orders"), hasSize(0));
    }

    @Test
    void aChatGetsAMessage() {
        // when
        send(
                "carts",
                "{\"cart\":\"a \\\"quoted\\\" one\",\"email\":\"chat@example.com\"}".getBytes(StandardCharsets.UTF_8));

        // then
        await().atMost(BOUND).until(() -> forwarded("carts").size() == 1);
        assertThat(forwardedBodies("carts").get(0), is("{\"text\":\"Cart a \\\"quoted\\\" one was left behind\"}"));
    }

    @Test
    void anAlertAboutDeadLettersReachesAChat() {
        // given
        thirdPartyAnswers("alerts", aResponse().withStatus(200));
        thirdPartyAnswers("carts", aResponse().withStatus(400));

        // when
        send("carts", cart("rejected@example.com"));

        // then
        await().atMost(BOUND).until(() -> forwardedBodies("alerts").stream()
                .anyMatch(message -> message.startsWith(
                        "{\"text\":\"*raised* In the spool webhook-carts, 1 event became dead letters: rejected.")));
    }

    @Test
    void aWebhookThatATransformCantMakeSenseOfIsADeadLetter() {
        // given
        long before = tally("carts", "dead", "mapping_failed");

        // when
        send("carts", "not JSON".getBytes(StandardCharsets.UTF_8));

        // then
        await().atMost(BOUND).until(() -> tally("carts", "dead", "mapping_failed") == before + 1);
    }

    @Test
    void aWebhookBecomesItsOwnFile() {
        // given
        byte[] body = cart("file@example.com");

        // when
        send("archive", body);

        // then
        await().atMost(BOUND).until(() -> spool("archive").pending() == 0);
        assertThat(files(), hasItem(new String(body, StandardCharsets.UTF_8)));
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(ConfigProvider.getConfig().getValue("test.archive", Path.class))) {
            return files.map(WebhookExamplesRouteTest::text).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWebhookIsSentBackToListrakAsAnEvent() {
        // given
        listrak.resetRequests();
        listrak.stubFor(any(anyUrl()).willReturn(okJson("{\"access_token\":\"t\",\"expires_in\":900,\"data\":[]}")));

        // when
        send("purchases", "{\"email\":\"back@example.com\",\"order_id\":\"B-1\"}".getBytes(StandardCharsets.UTF_8));

        // then
        await().atMost(BOUND).until(() -> !eventRequests().isEmpty());
        assertThat(eventRequests().get(0).getBodyAsString(), containsString("\"order_id\":\"B-1\""));
        assertThat(eventRequests().get(0).getBodyAsString(), containsString("back@example.com"));
    }

    private List<LoggedRequest> eventRequests() {
        return listrak.findAll(postRequestedFor(urlPathEqualTo(ThroughTheDoors.EVENT)));
    }

    @Test
    void theKafkaExampleIsARoute() {
        assertThat(camel.getRouteController().getRouteStatus("webhook-to-kafka").isStarted(), is(true));
    }
}
