package dev.listrakrelay.packaged;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** A third party that accepts webhooks and records their ids in order of arrival. */
final class FakeThirdParty implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final OpenRequests openRequests = new OpenRequests();
    private final ListeningPort port = new ListeningPort(vertx, this::handle).listen(new HttpServerOptions());

    String url() {
        return port.url() + "/";
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            JsonObject webhook = new JsonObject(body);
            String id = webhook.getString("id");
            openRequests.arrived(Map.of(webhook.getString("email"), List.of(id)));
            ids.add(id);
            request.response().setStatusCode(204).end();
        });
    }

    /** Notes that the relay was killed, so that webhooks of its open requests may arrive again. */
    void killed() {
        port.awaitAllRead();
        openRequests.interrupted();
    }

    /** The webhooks that arrived twice, although no kill explains it. */
    List<String> unexplainedDuplicates() {
        return openRequests.unexplained();
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
