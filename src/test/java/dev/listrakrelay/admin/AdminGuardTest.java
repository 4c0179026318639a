package dev.listrakrelay.admin;

import static io.restassured.RestAssured.given;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Administration is off without a token, but in the sandbox; with one it takes that and no other. */
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

    private void assertAnswer(int status, Optional<String> token, String profile, String authorization) {
        Router router = Router.router(vertx);
        router.route().handler(new AdminGuard(token, Set.of(profile)));
        router.route().handler(http -> http.end("in"));
        router.route().failureHandler(AdminAnswer::refuse);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        var caller = given().baseUri("http://localhost").port(server.actualPort());
        if (authorization != null) {
            caller.header("Authorization", authorization);
        }
        caller.get("/").then().statusCode(status);
    }
}
