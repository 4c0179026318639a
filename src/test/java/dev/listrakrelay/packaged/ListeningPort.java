package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of a fake server for one relay only, so that the test knows which connections are this relay's. */
final class ListeningPort {

    private static final String HOST = "localhost";
    private static final Duration BOUND = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final Handler<HttpServerRequest> handler;
    private final int number = Ports.free();
    /** The client ports of the open connections. */
    private final Set<Integer> openConnections = ConcurrentHashMap.newKeySet();

    private HttpServer server;

    ListeningPort(Vertx vertx, Handler<HttpServerRequest> handler) {
        this.vertx = vertx;
        this.handler = handler;
    }

    String url() {
        return "http://" + HOST + ":" + number;
    }

    ListeningPort listen(HttpServerOptions options) {
        // otherwise Vert.x reports a connection only after it has read its first bytes
        HttpServerOptions plain = new HttpServerOptions(options).setHttp2ClearTextEnabled(false);
        server = join(vertx.createHttpServer(plain)
                .connectionHandler(this::opened)
                .requestHandler(handler)
                .listen(number, HOST));
        return this;
    }

    private void opened(HttpConnection connection) {
        int from = connection.remoteAddress().port();
        openConnections.add(from);
        connection.closeHandler(closed -> openConnections.remove(from));
    }

    /** Stops listening, and closes all connections. */
    void close() {
        join(server.close());
        server = null;
    }

    /** Waits until everything is read that the relay had sent. Call it after the relay's process has ended. */
    void awaitAllRead() {
        if (server == null) {
            return;
        }
        // connections are accepted in order, so when this one is accepted, all of the relay's are
        try (Socket last = new Socket(HOST, number)) {
            await().atMost(BOUND).until(() -> openConnections.contains(last.getLocalPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // a connection is closed only after everything in it was read
        await().atMost(BOUND).until(openConnections::isEmpty);
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
