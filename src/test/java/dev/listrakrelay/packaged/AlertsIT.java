package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guarantees, Alerts: a stand-in for an on-call service gets each alert once when a fault begins and once when it is over. */
class AlertsIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final String PATH_SECRET = "T0-B0-path-secret";
    private static final String HEADER_SECRET = "header-secret";
    private static final String MAPPING =
            """
            contact: {email: [$.properties.email]}
            events:
              - {when: {type: track}, event_name: sent}
            """;

    private final OnCall onCall = new OnCall();
    private Path mapping;

    /** Stands in for an on-call service. */
    private static final class OnCall implements AutoCloseable {

        private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        private final List<JsonObject> alerts = new CopyOnWriteArrayList<>();
        private final ListeningPort port = new ListeningPort(vertx, this::handle).listen(new HttpServerOptions());
        private volatile int status = 202;

        private void handle(HttpServerRequest request) {
            boolean isKnown = request.path().equals("/" + PATH_SECRET)
                    && ("Bearer " + HEADER_SECRET).equals(request.getHeader("Authorization"));
            request.body().onSuccess(body -> {
                if (isKnown && status == 202) {
                    alerts.add(new JsonObject(body));
                }
                request.response().setStatusCode(isKnown ? status : 401).end();
            });
        }

        /** The states of the alerts with an id, in order of arrival. */
        List<String> states(String id) {
            return alerts.stream()
                    .filter(alert -> alert.getString("id").equals(id))
                    .map(alert -> alert.getString("state"))
                    .toList();
        }

        void await(String id, String... states) {
            org.awaitility.Awaitility.await(id)
                    .atMost(BOUND)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> states(id).equals(List.of(states)));
        }

        @Override
        public void close() {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @BeforeEach
    void configure() throws IOException {
        mapping = Files.writeString(folder.resolve("listrak.mapping.yaml"), MAPPING);
        relay.with("ALERTS_URL", onCall.port.url() + "/" + PATH_SECRET)
                .with("ALERTS_AUTHORIZATION", "Bearer " + HEADER_SECRET)
                .with("ALERTS_ALLOW_PRIVATE", "true")
                .with("ALERTS_CHECK_INTERVAL", "1s")
                .with("ALERTS_PER_MINUTE", "60")
                .with("DELIVERY_PARKED_PROBE_INTERVAL", "1s")
                .with("MAPPING_FILE", mapping.toString());
    }

    @AfterEach
    void closeOnCall() {
        onCall.close();
    }

    @Test
    void eachFaultIsToldOnceWhenItBeginsAndOnceWhenItIsOver() throws IOException {
        // given
        relay.with("ALERTS_RESOLVE_AFTER", "3s")
                .with("ALERTS_OLD_PENDING", "5s")
                .with("ALERTS_QUIET_BEATS_EVENT", "Heartbeat")
                .with("ALERTS_QUIET_BEATS_LONGEST", "1m")
                .with("SPOOL_MAX_BYTES", "4M")
                .with("SPOOL_HISTORY", "0")
                .start();

        // when
        parked();
        deadLetters();
        mappingRefused();
        spoolFull();
        quiet();

        // then
        for (String id : List.of(
                "ListrakRelayDestinationParked/listrak",
                "ListrakRelayDeadLetters/events_rejected",
                "ListrakRelayMappingRefused",
                "ListrakRelaySpoolFilling/events",
                "ListrakRelaySpoolFull/events",
                "ListrakRelayOldPending/events",
                "ListrakRelayEventQuiet/Heartbeat")) {
            assertThat(id, onCall.states(id), contains("raised", "resolved"));
        }
    }

    private void parked() throws IOException {
        listrak.answer(403);
        relay.post("track", event("parked"));
        onCall.await("ListrakRelayDestinationParked/listrak", "raised");
        assertThat(onCall.alerts.get(0).getString("what"), containsString("status 403"));
        listrak.answer(200);
        onCall.await("ListrakRelayDestinationParked/listrak", "raised", "resolved");
    }

    private void deadLetters() throws IOException {
        listrak.answer(400);
        relay.post("track", event("rejected"));
        onCall.await("ListrakRelayDeadLetters/events_rejected", "raised");
        listrak.answer(200);
        relay.admin("dead-letters/replay", "{\"filter\":{\"reason\":\"rejected\"}}");
        onCall.await("ListrakRelayDeadLetters/events_rejected", "raised", "resolved");
    }

    private void mappingRefused() throws IOException {
        Files.writeString(mapping, "preset: shop\n");
        onCall.await("ListrakRelayMappingRefused", "raised");
        Files.writeString(mapping, MAPPING);
        onCall.await("ListrakRelayMappingRefused", "raised", "resolved");
    }

    private void spoolFull() throws IOException {
        listrak.answer(503);
        for (int i = 0; relay.post("track", event("x".repeat(25_000) + i)) == 200; i++) {
            // until callers get 503
        }
        onCall.await("ListrakRelaySpoolFilling/events", "raised");
        onCall.await("ListrakRelaySpoolFull/events", "raised");
        onCall.await("ListrakRelayOldPending/events", "raised");
        listrak.answer(200);
        onCall.await("ListrakRelaySpoolFull/events", "raised", "resolved");
        onCall.await("ListrakRelaySpoolFilling/events", "raised", "resolved");
        onCall.await("ListrakRelayOldPending/events", "raised", "resolved");
    }

    private void quiet() throws IOException {
        onCall.await("ListrakRelayEventQuiet/Heartbeat", "raised");
        relay.post("track", event("beat").replace("Order Completed", "Heartbeat"));
        onCall.await("ListrakRelayEventQuiet/Heartbeat", "raised", "resolved");
    }

    @Test
    void anAlertOutlivesAKillBeforeItsDeliveryAndIsToldOnceAndNoSecretIsShown() throws IOException {
        // given an alert that the on-call service does not accept yet
        relay.with("ALERTS_RESOLVE_AFTER", "20s").start();
        onCall.status = 503;
        listrak.answer(403);
        relay.post("track", event("parked"));
        await().atMost(BOUND).until(() -> relay.metrics().contains("listrak_relay_pending{spool=\"alerts\"} 1"));
        boolean isReady = relay.isReady();

        // when
        relay.kill9();
        onCall.status = 202;
        relay.start();

        // then
        onCall.await("ListrakRelayDestinationParked/listrak", "raised");
        await().atMost(BOUND).until(() -> relay.metric("listrak_relay_parked") == 1);
        listrak.answer(200);
        onCall.await("ListrakRelayDestinationParked/listrak", "raised", "resolved");
        assertThat(isReady, is(true));
        for (String shown : List.of(relay.logText(), relay.metrics(), relay.adminGet("settings"))) {
            assertThat(shown, not(containsString(PATH_SECRET)));
            assertThat(shown, not(containsString(HEADER_SECRET)));
        }
    }

    private static String event(String id) {
        return "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"order_id\":\"" + id
                + "\",\"email\":\"kim@example.com\"}}";
    }
}
