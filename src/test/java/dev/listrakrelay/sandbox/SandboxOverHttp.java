package dev.listrakrelay.sandbox;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Starts a new sandbox Listrak for each test, on a free port. */
abstract class SandboxOverHttp {

    static final String EVENT = "/crosschannel/v1/Event";
    static final String CONFIGURATIONS = "/crosschannel/v1/eventConfigurations";
    static final String PURCHASE =
            """
            {"identifiers":[{"identifierType":"EmailAddress","identifierValue":"user@example.com"}],
             "dataFields":{"event_name":"purchase","order_id":"ORD-10428","revenue":129.99,"gift_note":"hi"}}""";

    private static Vertx vertx;

    private SandboxServer server;
    private int port;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void startSandbox() {
        server = new SandboxServer(vertx, Clock.systemUTC(), 8080);
        port = server.start(0).toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void stopSandbox() {
        server.stop().toCompletionStage().toCompletableFuture().join();
    }

    int port() {
        return port;
    }

    RequestSpecification sandbox() {
        return given().baseUri("http://127.0.0.1").port(port);
    }

    RequestSpecification authorized() {
        return sandbox().auth().preemptive().oauth2(token());
    }

    RequestSpecification posting(String body) {
        return authorized().contentType("application/json").body(body);
    }

    String token() {
        return credentials("sandbox", "sandbox")
                .post("/OAuth2/Token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    RequestSpecification credentials(String id, String secret) {
        return sandbox()
                .contentType("application/x-www-form-urlencoded")
                .formParam("grant_type", "client_credentials")
                .formParam("client_id", id)
                .formParam("client_secret", secret);
    }

    static String events(String... events) {
        return "{\"eventUid\":\"%s\",\"companyId\":%d,\"events\":[%s]}"
                .formatted(SandboxAccount.EVENT_UID, SandboxAccount.COMPANY_ID, String.join(",", events));
    }
}
