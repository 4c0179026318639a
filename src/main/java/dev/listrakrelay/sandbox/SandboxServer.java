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

/** Serves the sandbox Listrak and the page with the events that it received, on the loopback interface only. */
final class SandboxServer {

    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
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
     * @param port the port, from 0 to 65535; 0 uses any free port
     * @return the actual port; a failed future if the port is in use
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
        router.get("/received").handler(this::listReceived);
        router.post("/third-party").handler(thirdParty::receive);
        router.get("/third-party").handler(thirdParty::list);
        router.get("/").handler(this::showPage);
        router.route().failureHandler(SandboxServer::sendFailure);
        router.errorHandler(404, http -> JsonAnswer.sendError(http, 404, "path: not found"));
        router.errorHandler(405, http -> JsonAnswer.sendError(http, 405, "method: not allowed"));
        return router;
    }

    private void listReceived(RoutingContext http) {
        String limit = http.request().getParam("limit", "" + ReceivedEvents.MAX_EVENTS);
        if (!limit.matches("\\d{1,4}")) {
            throw new ListrakError(400, "limit: expected a number from 0 to 9999");
        }
        JsonAnswer.send(http, 200, received.newest(Integer.parseInt(limit)));
    }

    private void showPage(RoutingContext http) {
        String page = SandboxPage.render(SandboxHints.sendEvent(relayPort));
        http.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("Content-Security-Policy", PAGE_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(page);
    }

    private static void sendFailure(RoutingContext http) {
        if (http.failure() instanceof ListrakError error) {
            JsonAnswer.sendError(http, error.status(), error.getMessage());
        } else if (http.statusCode() == 413) {
            http.response().putHeader(HttpHeaders.CONNECTION, "close");
            JsonAnswer.sendError(http, 400, "request: too large, expected at most 1000000 bytes including headers");
        } else {
            http.next();
        }
    }
}
