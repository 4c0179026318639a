package dev.listrakrelay.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;

/** Serves the sandbox Listrak and the view of what it received, on the loopback interface only. */
final class SandboxServer {

    private static final String PAGE_MAY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Vertx vertx;
    private final ReceivedEvents received;
    private final ReceivedWebhooks thirdParty;
    private final ListrakApi listrak;
    private final int relayPort;
    private HttpServer server;

    SandboxServer(Vertx vertx, Clock clock, int relayPort) {
        this.vertx = vertx;
        this.received = new ReceivedEvents(clock);
        this.thirdParty = new ReceivedWebhooks(clock);
        this.listrak = new ListrakApi(new SandboxTokens(clock), received);
        this.relayPort = relayPort;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 takes any free one
     * @return the port taken; failed if it is in use
     */
    Future<Integer> start(int port) {
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(port);
        server = vertx.createHttpServer(options).requestHandler(router());
        return server.listen().map(HttpServer::actualPort);
    }

    Future<Void> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false).setBodyLimit(EventRequestCheck.MAX_BYTES));
        listrak.mount(router);
        router.get("/received").handler(this::received);
        router.post("/third-party").handler(thirdParty::take);
        router.get("/third-party").handler(thirdParty::show);
        router.get("/").handler(this::page);
        router.route().failureHandler(SandboxServer::refuse);
        router.errorHandler(404, http -> JsonAnswer.sendError(http, 404, "path: no such resource"));
        router.errorHandler(405, http -> JsonAnswer.sendError(http, 405, "method: not allowed here"));
        return router;
    }

    private void received(RoutingContext http) {
        String limit = http.request().getParam("limit", "" + ReceivedEvents.MAX_EVENTS);
        if (!limit.matches("\\d{1,4}")) {
            throw new ListrakError(400, "limit: expected a number from 0 to 9999");
        }
        JsonAnswer.send(http, 200, received.newest(Integer.parseInt(limit)));
    }

    private void page(RoutingContext http) {
        String page = SandboxPage.render(SandboxHints.send(relayPort));
        http.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("Content-Security-Policy", PAGE_MAY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(page);
    }

    private static void refuse(RoutingContext http) {
        if (http.failure() instanceof ListrakError refusal) {
            JsonAnswer.sendError(http, refusal.status(), refusal.getMessage());
        } else if (http.statusCode() == 413) {
            http.response().putHeader(HttpHeaders.CONNECTION, "close");
            JsonAnswer.sendError(http, 400, "request: too large, expected 1000000 bytes at most, headers included");
        } else {
            http.next();
        }
    }
}
