package dev.listrakrelay.packaged;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Any number of packaged relays whose spool is in one Kafka, and a Listrak to deliver to. */
@Tag("packaged")
@Tag("kafka")
abstract class KafkaSpoolPackagedTest {

    static final String EVENTS_TOPIC = "listrak-relay.events";

    @TempDir
    Path folder;

    FakeListrak listrak;
    KafkaNodes cluster;
    /** Its first node. */
    KafkaBroker kafka;

    private final List<PackagedRelay> made = new ArrayList<>();

    @BeforeEach
    void openKafka() {
        listrak = new FakeListrak();
        cluster = newCluster(folder.resolve("kafka")).start();
        kafka = cluster.get(0);
    }

    KafkaNodes newCluster(Path folder) {
        return new KafkaNodes(new KafkaBroker(folder));
    }

    @AfterEach
    void end() {
        made.forEach(PackagedRelay::close);
        cluster.close();
        listrak.close();
    }

    /** One that isn't started yet. */
    PackagedRelay relay() {
        try {
            Path own = Files.createDirectories(folder.resolve("relay-" + made.size()));
            PackagedRelay relay = withKafka(new PackagedRelay(listrak, own));
            made.add(relay);
            return relay;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    int lanes() {
        return PackagedRelay.LANES;
    }

    PackagedRelay withKafka(PackagedRelay relay) {
        return relay.with("SPOOL_ENGINE", "kafka")
                .with("SPOOL_LANES", String.valueOf(lanes()))
                .with("SPOOL_KAFKA_BROKERS", cluster.url())
                .with("SPOOL_KAFKA_REPLICATION_FACTOR", String.valueOf(cluster.count()))
                .with("SPOOL_KAFKA_MIN_INSYNC_REPLICAS", cluster.count() > 1 ? "2" : "1");
    }

    /** So many, all started. */
    List<PackagedRelay> started(int replicas) {
        List<PackagedRelay> relays = new ArrayList<>();
        for (int i = 0; i < replicas; i++) {
            relays.add(relay().launch());
        }
        relays.forEach(PackagedRelay::awaitReady);
        return relays;
    }

    void awaitDelivered(Collection<String> acknowledged, Duration bound) {
        await().atMost(bound).pollInterval(Duration.ofMillis(200)).until(() -> lost(acknowledged)
                .isEmpty());
    }

    static long sum(List<PackagedRelay> relays, String metric) {
        return relays.stream().mapToLong(relay -> relay.metric(metric)).sum();
    }

    /** How many events of the spool ended so, as any of its relays tells. */
    static long booked(PackagedRelay relay, String outcome) {
        return new JsonObject(adminStatus(relay))
                .getJsonArray("spools").stream()
                        .flatMap(spool -> ((JsonObject) spool).getJsonArray("tally").stream())
                        .map(JsonObject.class::cast)
                        .filter(line -> line.getString("outcome").equals(outcome))
                        .mapToLong(line -> line.getLong("events"))
                        .sum();
    }

    /**
     * Waits until each of these relays tells what others saw: the callers what they got an answer for, Kafka what is in its
     * topic, and Listrak what arrived.
     */
    void awaitBooks(List<PackagedRelay> relays, Callers callers, Duration bound) {
        Set<String> acknowledged = Set.copyOf(callers.acknowledged());
        Set<String> stored = storedIds();
        assertThat("stored, and not acknowledged", without(stored, acknowledged), empty());
        assertThat(
                "acknowledged, neither stored nor trimmed",
                (long) without(acknowledged, stored).size(),
                lessThanOrEqualTo(kafka.trimmed(EVENTS_TOPIC)));
        assertThat("arrived, each and no other", listrak.orderIds(), is(acknowledged));
        long events = acknowledged.size();
        for (PackagedRelay relay : relays) {
            await().atMost(bound)
                    .untilAsserted(() -> assertThat(
                            List.of(booked(relay, "accepted"), booked(relay, "delivered")),
                            is(List.of(events, events))));
            assertThat(relay.metric("listrak_relay_pending"), is(0L));
            for (String other : List.of("dropped", "dead", "forwarded")) {
                assertThat(other, booked(relay, other), is(0L));
            }
        }
    }

    private static Set<String> without(Set<String> ids, Set<String> others) {
        return ids.stream().filter(id -> !others.contains(id)).collect(Collectors.toSet());
    }

    private Set<String> storedIds() {
        return kafka.values(EVENTS_TOPIC).stream()
                .map(event -> new JsonObject(event).getString("messageId"))
                .collect(Collectors.toSet());
    }

    private static String adminStatus(PackagedRelay relay) {
        try {
            return relay.adminGet("status");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which of these never arrived. */
    Set<String> lost(Collection<String> acknowledged) {
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(listrak.orderIds());
        return lost;
    }

    int duplicates() {
        return listrak.arrived() - listrak.orderIds().size();
    }
}
