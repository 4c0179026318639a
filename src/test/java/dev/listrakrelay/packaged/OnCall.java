package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for an on-call service: receives alerts that know its secret path and header, in order of arrival. */
final class OnCall implements AutoCloseable {

    static final String PATH_SECRET = "T0-B0-path-secret";
    static final String HEADER_SECRET = "header-secret";

    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final int ACCEPTED = 202;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<JsonObject> alerts = new CopyOnWriteArrayList<>();
    private final ListeningPort port = new ListeningPort(vertx, this::handle).listen(new HttpServerOptions());
    private volatile int status = ACCEPTED;

    private void handle(HttpServerRequest request) {
        boolean isKnown = request.path().equals("/" + PATH_SECRET)
                && ("Bearer " + HEADER_SECRET).equals(request.getHeader("Authorization"));
        request.body().onSuccess(body -> {
            if (isKnown && status == ACCEPTED) {
                alerts.add(new JsonObject(body));
            }
            request.response().setStatusCode(isKnown ? status : 401).end();
        });
    }

    /** Makes a relay send its alerts here, looking for problems each second. */
    PackagedRelay alertedBy(PackagedRelay relay) {
        return relay.with("ALERTS_URL", port.url() + "/" + PATH_SECRET)
                .with("ALERTS_AUTHORIZATION", "Bearer " + HEADER_SECRET)
                .with("ALERTS_ALLOW_PRIVATE", "true")
                .with("ALERTS_CHECK_INTERVAL", "1s")
                .with("ALERTS_RESOLVE_AFTER", "3s")
                .with("ALERTS_PER_MINUTE", "60");
    }

    /** Answers every alert with 503 from now on. */
    void refuse() {
        status = 503;
    }

    /** Accepts alerts again. */
    void accept() {
        status = ACCEPTED;
    }

    /** The states of the alerts with an id, in order of arrival. */
    List<String> states(String id) {
        return alerts.stream()
                .filter(alert -> alert.getString("id").equals(id))
                .map(alert -> alert.getString("state"))
                .toList();
    }

    /** What the latest alert with an id says. */
    String what(String id) {
        return alerts.stream()
                .filter(alert -> alert.getString("id").equals(id))
                .reduce((first, second) -> second)
                .orElseThrow()
                .getString("what");
    }

    /** Waits until exactly these states arrived. */
    void awaitStates(String id, String... states) {
        await(id)
                .atMost(BOUND)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> states(id), arrived -> arrived.equals(List.of(states)));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
