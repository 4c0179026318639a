package dev.listrakrelay.admin;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without a token, administration is off, except in the sandbox. If tokens are set, it accepts only these. */
class AdminGuardTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void withoutATokenItIsOff() {
        assertAnswer(404, Optional.empty(), "prod", null);
        assertAnswer(404, Optional.empty(), "test", "Bearer ");
    }

    @Test
    void inTheSandboxItIsOpenWithoutAToken() {
        assertAnswer(200, Optional.empty(), "sandbox", null);
        assertAnswer(200, Optional.empty(), "dev", null);
    }

    @Test
    void aTokenIsNeededWhereThereIsOne() {
        assertAnswer(401, Optional.of("t0ken"), "sandbox", null);
        assertAnswer(401, Optional.of("t0ken"), "prod", "Bearer t0keN");
        assertAnswer(401, Optional.of("t0ken"), "prod", "Basic t0ken");
        assertAnswer(401, Optional.of("t0ken"), "prod", "Bearer");
        assertAnswer(200, Optional.of("t0ken"), "prod", "Bearer t0ken");
        assertAnswer(200, Optional.of("t0ken"), "prod", "bearer t0ken");
    }

    @Test
    void inTheSandboxAHostThatIsNotThisMachineIsRefused() {
        // given
        int port = serve(new AdminGuard(Optional.empty(), Set.of("sandbox")));

        // when
        for (String host : List.of("evil.example.com:" + port, "evil.example.com", "localhost.evil.example.com")) {
            at(port).header("Host", host).get("/").then().statusCode(403);
        }

        // then
        at(port).header("Host", "127.0.0.1:" + port).get("/").then().statusCode(200);
    }

    @Test
    void inTheSandboxPostsThatNeedNoPreflightAreRefused() {
        // given
        int port = serve(new AdminGuard(Optional.empty(), Set.of("sandbox")));

        // when
        for (String type : List.of("text/plain", "text/plain;charset=UTF-8", "application/xml")) {
            at(port).header("Content-Type", type).post("/").then().statusCode(415);
        }

        // then
        at(port).header("Content-Type", "application/json")
                .body("{}")
                .post("/")
                .then()
                .statusCode(200);
        at(port).header("Content-Type", "application/x-www-form-urlencoded")
                .post("/")
                .then()
                .statusCode(200);
    }

    @Test
    void theReadTokenReadsAndChangesNothing() {
        // given
        int port = serve(
                new AdminGuard(Optional.of("t0ken"), Optional.of("l00k"), Set.of("prod"), Duration.ofMillis(1), 1));
        int readingOnly = serve(
                new AdminGuard(Optional.empty(), Optional.of("l00k"), Set.of("sandbox"), Duration.ofMillis(1), 1));

        // when
        at(port).header("Authorization", "Bearer l00k").get("/").then().statusCode(200);
        at(port).header("Authorization", "Bearer l00k").post("/change").then().statusCode(403);

        // then
        at(port).header("Authorization", "Bearer t0ken").post("/change").then().statusCode(200);
        at(port).header("Authorization", "Bearer l00").get("/").then().statusCode(401);
        at(readingOnly).header("Authorization", "Bearer l00k").get("/").then().statusCode(200);
        at(readingOnly).get("/").then().statusCode(401);
    }

    @Test
    void aWrongTokenWaitsForItsAnswerWithoutHoldingUpTheRightOne() {
        // given one waiting request, which is the maximum
        AdminGuard guard =
                new AdminGuard(Optional.of("t0ken"), Optional.empty(), Set.of("prod"), Duration.ofHours(1), 1);
        int port = serve(guard);
        HttpClient client = vertx.createHttpClient();
        client.request(HttpMethod.GET, port, "localhost", "/")
                .compose(request ->
                        request.putHeader("Authorization", "Bearer first").send());
        await().atMost(Duration.ofSeconds(60)).until(() -> guard.waiting() == 1);

        // when
        at(port).header("Authorization", "Bearer second").get("/").then().statusCode(429);

        // then
        at(port).header("Authorization", "Bearer t0ken").get("/").then().statusCode(200);
        at(port).get("/").then().statusCode(401);
    }

    private void assertAnswer(int status, Optional<String> token, String profile, String authorization) {
        RequestSpecification caller = at(serve(new AdminGuard(token, Set.of(profile))));
        if (authorization != null) {
            caller.header("Authorization", authorization);
        }
        caller.get("/").then().statusCode(status);
    }

    private static RequestSpecification at(int port) {
        return given().baseUri("http://localhost").port(port);
    }

    private int serve(AdminGuard guard) {
        Router router = Router.router(vertx);
        router.route().handler(guard);
        router.route("/change").handler(AdminRights::toChange);
        router.route().handler(http -> http.end("in"));
        router.route().failureHandler(AdminAnswer::refuse);
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }
}
