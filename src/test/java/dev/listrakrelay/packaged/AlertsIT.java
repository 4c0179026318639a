package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guarantees, Alerts: a stand-in for an on-call service gets each alert once when a fault begins and once when it is over. */
class AlertsIT extends PackagedTest {

    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final String[] FIELDS = {"event_name", "event_time", "email", "order_id"};
    private static final String MAPPING =
            """
            contact: {email: [$.properties.email]}
            events:
              - {when: {type: track}, event_name: sent, fields: {set: {order_id: $.properties.order_id}}}
            """;

    private final OnCall onCall = new OnCall();
    private Path mapping;
    private Path logs;
    private Path endingCertificate;

    @BeforeEach
    void configure() throws IOException {
        logs = folder.resolve("logs");
        endingCertificate = Keys.make(folder, "public", 10).store();
        listrak.schema(FIELDS);
        mapping = Files.writeString(folder.resolve("listrak.mapping.yaml"), MAPPING);
        onCall.alertedBy(relay).with("DELIVERY_PARKED_PROBE_INTERVAL", "1s").with("MAPPING_FILE", mapping.toString());
    }

    @AfterEach
    void closeOnCall() {
        onCall.close();
    }

    @Test
    void eachFaultIsToldOnceWhenItBeginsAndOnceWhenItIsOver() throws IOException {
        // given
        relay.with("ALERTS_OLD_PENDING", "5s")
                .with("ALERTS_QUIET_BEATS_EVENT", "Heartbeat")
                .with("ALERTS_QUIET_BEATS_LONGEST", "1m")
                .with("SPOOL_MAX_BYTES", "4M")
                .with("SPOOL_HISTORY", "0")
                .with("LISTRAK_SCHEMA_CHECK", "1s")
                .with("DELIVERY_LOG_ENABLED", "true")
                .with("DELIVERY_LOG_MAX_UNSENT", "1000")
                .with("DELIVERY_LOG_DIR", Files.createDirectory(logs).toString())
                .withProperty("quarkus.http.ssl-port", Ports.free())
                .withProperty("quarkus.http.tls-configuration-name", "public")
                .withProperty("quarkus.tls.public.key-store.p12.path", endingCertificate)
                .withProperty("quarkus.tls.public.key-store.p12.password", Keys.PASSWORD)
                .withProperty("quarkus.tls.public.reload-period", "30s")
                .start();

        // when
        assertThat(relay.admin("alerts/test", "{}").statusCode(), is(200));
        renewTheCertificate();
        parked();
        deadLetters();
        mappingRefused();
        spoolFull();
        quiet();
        contractIssues();
        deliveryLog();
        onCall.awaitStates("ListrakRelayCertificateEnding/public", "raised", "resolved");
        onCall.awaitStates("ListrakRelayTest", "raised");

        // then
        for (String id : List.of(
                "ListrakRelayDestinationParked/listrak",
                "ListrakRelayDeadLetters/events_rejected",
                "ListrakRelayMappingRefused",
                "ListrakRelaySpoolFilling/events",
                "ListrakRelaySpoolFull/events",
                "ListrakRelayOldPending/events",
                "ListrakRelayEventQuiet/Heartbeat",
                "ListrakRelayContractIssues",
                "ListrakRelayDeliveryLogBehind/events",
                "ListrakRelayDeliveryLogLost/events")) {
            assertThat(id, onCall.states(id), contains("raised", "resolved"));
        }
    }

    /** The relay reads it within 30 s, the shortest period that Quarkus allows. */
    private void renewTheCertificate() throws IOException {
        onCall.awaitStates("ListrakRelayCertificateEnding/public", "raised");
        Files.move(Keys.make(folder, "renewed", 90).store(), endingCertificate, StandardCopyOption.REPLACE_EXISTING);
    }

    private void parked() throws IOException {
        listrak.answer(403);
        relay.post("track", event("parked"));
        onCall.awaitStates("ListrakRelayDestinationParked/listrak", "raised");
        assertThat(onCall.what("ListrakRelayDestinationParked/listrak"), containsString("status 403"));
        listrak.answer(200);
        onCall.awaitStates("ListrakRelayDestinationParked/listrak", "raised", "resolved");
    }

    private void deadLetters() throws IOException {
        listrak.answer(400);
        relay.post("track", event("rejected"));
        onCall.awaitStates("ListrakRelayDeadLetters/events_rejected", "raised");
        listrak.answer(200);
        relay.admin("dead-letters/replay", "{\"filter\":{\"reason\":\"rejected\"}}");
        onCall.awaitStates("ListrakRelayDeadLetters/events_rejected", "raised", "resolved");
    }

    private void mappingRefused() throws IOException {
        Files.writeString(mapping, "preset: shop\n");
        onCall.awaitStates("ListrakRelayMappingRefused", "raised");
        Files.writeString(mapping, MAPPING);
        onCall.awaitStates("ListrakRelayMappingRefused", "raised", "resolved");
    }

    private void spoolFull() throws IOException {
        listrak.answer(503);
        for (int i = 0; relay.post("track", event("x".repeat(25_000) + i)) == 200; i++) {
            // until callers get 503
        }
        onCall.awaitStates("ListrakRelaySpoolFilling/events", "raised");
        onCall.awaitStates("ListrakRelaySpoolFull/events", "raised");
        onCall.awaitStates("ListrakRelayOldPending/events", "raised");
        listrak.answer(200);
        onCall.awaitStates("ListrakRelaySpoolFull/events", "raised", "resolved");
        onCall.awaitStates("ListrakRelaySpoolFilling/events", "raised", "resolved");
        onCall.awaitStates("ListrakRelayOldPending/events", "raised", "resolved");
    }

    private void quiet() throws IOException {
        onCall.awaitStates("ListrakRelayEventQuiet/Heartbeat", "raised");
        relay.post("track", event("beat").replace("Order Completed", "Heartbeat"));
        onCall.awaitStates("ListrakRelayEventQuiet/Heartbeat", "raised", "resolved");
    }

    private void contractIssues() {
        listrak.schema("event_name", "event_time", "email");
        onCall.awaitStates("ListrakRelayContractIssues", "raised");
        assertThat(onCall.what("ListrakRelayContractIssues"), containsString("field order_id"));
        listrak.schema(FIELDS);
        onCall.awaitStates("ListrakRelayContractIssues", "raised", "resolved");
    }

    private void deliveryLog() throws IOException {
        Path away = Files.move(logs, folder.resolve("away"));
        String page = "{\"type\":\"page\",\"userId\":\"u\"}";
        String batch = "{\"batch\":[" + String.join(",", Collections.nCopies(1_100, page)) + "]}";
        assertThat(relay.post("batch", batch), is(200));
        onCall.awaitStates("ListrakRelayDeliveryLogLost/events", "raised");
        onCall.awaitStates("ListrakRelayDeliveryLogBehind/events", "raised");
        Files.move(away, logs);
        onCall.awaitStates("ListrakRelayDeliveryLogBehind/events", "raised", "resolved");
        onCall.awaitStates("ListrakRelayDeliveryLogLost/events", "raised", "resolved");
    }

    @Test
    void anAlertOutlivesAKillBeforeItsDeliveryAndIsToldOnceAndNoSecretIsShown() throws IOException {
        // given an alert that the on-call service does not accept yet
        relay.with("ALERTS_RESOLVE_AFTER", "20s").start();
        onCall.refuse();
        listrak.answer(403);
        relay.post("track", event("parked"));
        await().atMost(BOUND).until(() -> relay.metrics().contains("listrak_relay_pending{spool=\"alerts\"} 1"));
        boolean isReady = relay.isReady();

        // when
        relay.kill9();
        onCall.accept();
        relay.start();

        // then
        onCall.awaitStates("ListrakRelayDestinationParked/listrak", "raised");
        await().atMost(BOUND).until(() -> relay.metric("listrak_relay_parked") == 1);
        listrak.answer(200);
        onCall.awaitStates("ListrakRelayDestinationParked/listrak", "raised", "resolved");
        assertThat(isReady, is(true));
        for (String shown : List.of(relay.logText(), relay.metrics(), relay.adminGet("settings"))) {
            assertThat(shown, not(containsString(OnCall.PATH_SECRET)));
            assertThat(shown, not(containsString(OnCall.HEADER_SECRET)));
        }
    }

    private static String event(String id) {
        return "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"order_id\":\"" + id
                + "\",\"email\":\"kim@example.com\"}}";
    }
}
