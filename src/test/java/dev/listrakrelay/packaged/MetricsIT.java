package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import dev.listrakrelay.docs.MetricsTable;
import dev.listrakrelay.k8s.AlertRules;
import dev.listrakrelay.k8s.Dashboard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The metrics that a relay exports are those on the page of metrics, and a real Prometheus finds data for each query of
 * the dashboard and the alert rules. The relay has every source, two accounts, a webhook, https, a delivery log, and
 * events of each outcome.
 */
@Tag("kafka")
class MetricsIT extends PackagedTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String EU_UID = "99999999-8888-4777-8666-555555555555";
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (listrak_relay_\\w+) (\\w+)$");
    private static final Pattern LABELS = Pattern.compile("(?m)^(listrak_relay_\\w+)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern PART = Pattern.compile("_(bucket|sum|count|total)$");
    private static final String MAPPING =
            """
            contact: {email: [$.properties.email]}
            events:
              - {when: {type: track, event: Order Completed}, event_name: purchase}
              - {when: {type: track, event: EU Order}, event_name: purchase, account: eu}
            """;

    private final FakeThirdParty thirdParty = new FakeThirdParty();
    private Path mapping;
    private Path files;
    private KafkaBroker kafka;
    private String topic;

    @BeforeEach
    void configure() throws IOException {
        topic = "metrics-" + folder.getFileName();
        kafka = SharedKafka.broker().topic(topic, 1);
        mapping = Files.writeString(folder.resolve("listrak.mapping.yaml"), MAPPING);
        files = Files.createDirectory(folder.resolve("files"));
        relay.with("MAPPING_FILE", mapping.toString())
                .with("LISTRAK_DEADLINE", "1s")
                .with("LISTRAK_MAX_EVENTS_PER_SECOND", "100000")
                .with("SOURCE_REST_MAX_EVENTS_PER_SECOND", "100000")
                .with("LISTRAK_EU_CLIENT_ID", "eu")
                .with("LISTRAK_EU_CLIENT_SECRET", "secret")
                .with("LISTRAK_EU_COMPANY_ID", "777")
                .with("LISTRAK_EU_EVENT_UID", EU_UID)
                .with("WEBHOOK_ORDERS_SECRET", WebhookSender.SECRET)
                .with("WEBHOOK_ORDERS_FORWARD_URL", thirdParty.url())
                .with("WEBHOOK_ORDERS_ALLOW_PRIVATE", "true")
                .with("ALERTS_QUIET_ORDERS_EVENT", "Order Completed")
                .with("ALERTS_QUIET_ORDERS_LONGEST", "1h")
                .with("DELIVERY_LOG_ENABLED", "true")
                .with(
                        "DELIVERY_LOG_DIR",
                        Files.createDirectory(folder.resolve("log")).toString())
                .with("SOURCE_KAFKA_ENABLED", "true")
                .with("SOURCE_KAFKA_BROKERS", kafka.url())
                .with("SOURCE_KAFKA_TOPICS", topic)
                .with("SOURCE_KAFKA_GROUP", topic)
                .with("SOURCE_FILE_ENABLED", "true")
                .with("SOURCE_FILE_DIR", files.toString())
                .withProperty("quarkus.http.ssl-port", Ports.free())
                .withProperty("quarkus.http.tls-configuration-name", "public")
                .withProperty(
                        "quarkus.tls.public.key-store.p12.path",
                        Keys.make(folder, "public").store())
                .withProperty("quarkus.tls.public.key-store.p12.password", Keys.PASSWORD)
                .start();
    }

    @AfterEach
    void closeTheThirdParty() {
        thirdParty.close();
    }

    @Test
    void theRelayExportsWhatThePageOfMetricsSays() throws IOException {
        // when
        traffic();
        String exported = relay.metrics();

        // then
        Map<String, String> table = MetricsTable.read();
        Map<String, String> expected = new TreeMap<>(table);
        table.forEach((name, what) -> {
            if (what.startsWith("histogram")) {
                expected.put(name + "_max", what.replace("histogram", "gauge"));
            }
        });
        assertThat(exported(exported), is(expected));
    }

    @Test
    void prometheusFindsDataForEveryPanelAndEvaluatesEveryRule() throws IOException {
        // given
        Machine.assumeInstalled("prometheus");
        Path rules = AlertRules.writeTo(folder.resolve("alert-rules.yaml"));
        try (Prometheus prometheus = new Prometheus(folder, relay, rules).awaitScraping()) {
            Set<String> missing = new TreeSet<>(Dashboard.queries());

            // when
            traffic();
            listrak.answer(403);
            Files.writeString(mapping, "preset: shop\n");
            relay.post("track", order("parked"));

            // then
            await().atMost(SOON).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                missing.removeIf(query -> hasData(prometheus, query));
                assertThat(missing, empty());
                assertThat(health(prometheus), everyItem(is("ok")));
                assertThat(alerts(prometheus), hasItems("ListrakRelayDestinationParked", "ListrakRelayMappingRefused"));
            });
        }
    }

    /** Sends events through all sources, with each outcome. */
    private void traffic() throws IOException {
        relay.post("track", order("first"));
        relay.post("track", order("eu").replace("Order Completed", "EU Order"));
        relay.post("track", order("dropped").replace("Order Completed", "Seen"));
        relay.post("track", "{\"type\":\"track\"}");
        webhook();
        Files.writeString(files.resolve("one.ndjson"), order("file"));
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            producer.send(new ProducerRecord<>(topic, order("kafka").getBytes(StandardCharsets.UTF_8)));
        }
        await().atMost(SOON).until(() -> listrak.orderIds().containsAll(Set.of("first", "eu", "file", "kafka")));
        awaitNothingPending(SOON);
        listrak.answer(400);
        relay.post("track", order("rejected"));
        await().atMost(SOON).until(() -> relay.metric("listrak_relay_dead_total") == 1);
        listrak.hang();
        relay.post("track", order("ambiguous"));
        await().atMost(SOON).until(() -> relay.metric("listrak_relay_ambiguous_total") > 0);
        listrak.answer(200);
        relay.admin("dead-letters/replay", "{\"filter\":{\"reason\":\"rejected\"}}");
        relay.admin("dropped/replay", "{\"reason\":\"no_rule\"}");
        await().atMost(SOON).until(() -> relay.metric("listrak_relay_replayed_dropped_total") > 0);
        await().atMost(SOON).until(() -> listrak.orderIds().containsAll(Set.of("rejected", "ambiguous")));
        awaitNothingPending(SOON);
    }

    private void webhook() throws IOException {
        String body = "{\"email\":\"kim@example.com\",\"id\":\"w1\"}";
        String now = String.valueOf(Instant.now().getEpochSecond());
        assertThat(relay.webhook("orders", body, now, WebhookSender.sign(body + now)), is(200));
        assertThat(relay.webhook("orders", body, now, WebhookSender.sign("forged" + now)), is(401));
    }

    private static String order(String id) {
        return "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"order_id\":\"" + id
                + "\",\"email\":\"" + id + "@example.com\"}}";
    }

    /** Each exported metric with its type and labels, in the page's notation. */
    private static Map<String, String> exported(String text) {
        Map<String, Set<String>> labels = new TreeMap<>();
        for (MatchResult sample : LABELS.matcher(text).results().toList()) {
            Set<String> names =
                    labels.computeIfAbsent(PART.matcher(sample.group(1)).replaceFirst(""), name -> new TreeSet<>());
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2))
                        .results()
                        .map(one -> one.group(1))
                        .forEach(names::add);
            }
            names.remove("le");
        }
        Map<String, String> all = new TreeMap<>();
        TYPE.matcher(text).results().forEach(type -> {
            String name = type.group(1);
            boolean isCounter = type.group(2).equals("counter");
            String known = isCounter ? PART.matcher(name).replaceFirst("") : name;
            all.put(isCounter ? known + "_total" : name, type.group(2) + " " + labels.get(known));
        });
        return all;
    }

    private static boolean hasData(Prometheus prometheus, String query) {
        try {
            JsonNode series = prometheus.query(query.replace("$namespace", ".*").replace("$__rate_interval", "30s"));
            return series.findValues("value").stream()
                    .anyMatch(value -> !value.path(1).asText().equals("NaN"));
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> health(Prometheus prometheus) throws IOException {
        return prometheus.rules().findValuesAsText("health");
    }

    /** The alerts that are pending or firing. */
    private static Set<String> alerts(Prometheus prometheus) throws IOException {
        return new TreeSet<>(prometheus.query("ALERTS").findValuesAsText("alertname"));
    }
}
