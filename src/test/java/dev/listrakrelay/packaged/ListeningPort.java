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

/** A port of a stand-in that one relay alone delivers to, so that it is known which connections are that relay's. */
final class ListeningPort {

    private static final String HOST = "localhost";
    private static final Duration BOUND = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final Handler<HttpServerRequest> handler;
    private final int number = Ports.free();
    /** The ports that they come from. */
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
        // else a connection is not told of before its first bytes are read
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

    /** Listens no more, and closes all connections. */
    void close() {
        join(server.close());
        server = null;
    }

    /** After its relay's process has ended: waits until all that it had sent is read. */
    void awaitAllRead() {
        if (server == null) {
            return;
        }
        // accepted in the order they came: so none of the relay's is yet to be accepted
        try (Socket last = new Socket(HOST, number)) {
            await().atMost(BOUND).until(() -> openConnections.contains(last.getLocalPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // a connection is read to its end before it is closed
        await().atMost(BOUND).until(openConnections::isEmpty);
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
