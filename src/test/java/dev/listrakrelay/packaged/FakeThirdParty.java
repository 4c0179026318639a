package dev.listrakrelay.packaged;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes webhooks, and remembers their ids in the order they came. */
final class FakeThirdParty implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final int port;

    FakeThirdParty() {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    ids.add(new JsonObject(body).getString("id"));
                    request.response().setStatusCode(204).end();
                }));
        port = server.listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    String url() {
        return "http://localhost:" + port + "/";
    }

    Set<String> arrived() {
        return new TreeSet<>(ids);
    }

    int duplicates() {
        return ids.size() - arrived().size();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
