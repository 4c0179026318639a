package dev.listrakrelay.packaged;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Path;

/** A web shop with one page, {@code src/test/resources/shop}, and Segment's browser SDK from npm. */
final class ShopPage implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    ShopPage() {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .sendFile(
                                request.path().equals("/analytics.js")
                                        ? NpmClients.file("@segment/analytics-next/dist/umd/index.js")
                                                .toString()
                                        : Path.of("src", "test", "resources", "shop", "index.html")
                                                .toString()))
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    String origin() {
        return "http://localhost:" + server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
