package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.Spools;
import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;

/** Base of the tests of webhooks: sends as Listrak does, and shows what third parties received. */
abstract class Webhooks {

    static final Duration BOUND = Duration.ofSeconds(60);

    FakeThirdParty.Server thirdParty;

    @Inject
    Spools spools;

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void thirdPartiesTakeEverything() {
        thirdParty.resetAll();
        awaitNothingPending("orders");
        awaitNothingPending("carts");
        thirdParty.resetRequests();
    }

    Spool spool(String name) {
        return spools.named("webhook-" + name);
    }

    long accepted(String name) {
        return tally(name, "accepted", "");
    }

    long tally(String name, String outcome, String reason) {
        return spool(name).tally().getOrDefault(new Spool.Outcome(outcome, reason), 0L);
    }

    void awaitNothingPending(String name) {
        thirdPartyAnswers(name, aResponse().withStatus(204));
        await().atMost(BOUND).until(() -> spool(name).pending() == 0);
    }

    /** Gives the webhooks to this third party this answer from now on. */
    void thirdPartyAnswers(String name, ResponseDefinitionBuilder answer) {
        thirdParty.stubFor(post(urlPathEqualTo("/" + name)).willReturn(answer));
    }

    List<LoggedRequest> forwarded(String name) {
        return thirdParty.findAll(postRequestedFor(urlPathEqualTo("/" + name)));
    }

    List<String> forwardedBodies(String name) {
        return forwarded(name).stream().map(LoggedRequest::getBodyAsString).toList();
    }

    boolean isParked(String name) {
        return meters.get("listrak.relay.parked")
                        .tag("destination", "webhook-" + name)
                        .gauge()
                        .value()
                == 1;
    }

    static String now() {
        return String.valueOf(Instant.now().getEpochSecond());
    }

    /** A cart that differs from those of all other tests. */
    static byte[] cart(String email) {
        return "{\"email\":\"%s\",\"cart\":\"%s\"}"
                .formatted(email, UUID.randomUUID())
                .getBytes(UTF_8);
    }

    static RequestSpecification listrak() {
        return given().contentType("application/json");
    }

    /** Posts a webhook as Listrak does. Returns the status. */
    static int send(String name, byte[] body) {
        String now = now();
        return send(name, body, now, sign(FakeThirdParty.SECRET, body, now));
    }

    static int send(String name, byte[] body, String timestamp, String signature) {
        return listrak()
                .header("LTK-Timestamp", timestamp)
                .header("LTK-HmacSignature", signature)
                .body(body)
                .post("/webhooks/listrak/" + name)
                .statusCode();
    }

    /** Signs in base64, as Listrak's C# sample does. */
    static String sign(String secret, byte[] body, String timestamp) {
        return Base64.getEncoder().encodeToString(hmac(secret, body, timestamp));
    }

    static byte[] hmac(String secret, byte[] body, String timestamp) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            mac.update(body);
            return mac.doFinal(timestamp.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
