package dev.listrakrelay.deliverylog;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.listrakrelay.delivery.DeliveryBeans;
import dev.listrakrelay.log.CollectedLines;
import dev.listrakrelay.packaged.KafkaBroker;
import dev.listrakrelay.packaged.SharedKafka;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.DeliveryLogConfig;
import dev.listrakrelay.spool.DeliveryLogOptions;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.LoggedContact;
import dev.listrakrelay.spool.OpenSpools;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.SpoolConfig;
import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.TestClock;
import dev.listrakrelay.spool.camel.SpoolComponents;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in route sends the delivery log to a file, an HTTP address or a Kafka topic, and tries again until it can. */
class DeliveryLogRouteTest {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String CONSUMER = "dev.listrakrelay.spool.camel.DeliveryLogConsumer";
    private static final String TOKEN = "t0ken-of-the-warehouse";

    @TempDir
    Path dir;

    private final TestClock clock = new TestClock();
    private final WireMockServer warehouse = new WireMockServer(wireMockConfig().dynamicPort());
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Map<String, String> settings = new HashMap<>();
    private OpenSpools spools;

    @BeforeEach
    void open() {
        warehouse.start();
        settings.putAll(Map.of("delivery-log.enabled", "true", "delivery-log.batch-size", "10"));
        SpoolConfig spool = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(SpoolConfig.class)
                .withSources(new PropertiesConfigSource(Map.of("spool.dir", dir + "/spool"), "test", 500))
                .build()
                .getConfigMapping(SpoolConfig.class);
        spools = new OpenSpools(spool, clock, Optional.of(new DeliveryLogOptions(LoggedContact.HASH, 1_000, "")));
    }

    @AfterEach
    void close() {
        camel.stop();
        spools.close();
        warehouse.stop();
    }

    private void start(Map<String, String> more, String brokers) throws Exception {
        settings.putAll(more);
        DeliveryLogConfig config = LogConfigs.of(settings);
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.putAll(Map.of("delivery.backoff", "100ms", "delivery.maximum-backoff", "200ms"));
        properties.putIfAbsent("delivery-log.kafka.topic", "none");
        camel.getPropertiesComponent().setOverrideProperties(properties);
        camel.addComponent("spool-log", SpoolComponents.log(spools.spools()));
        camel.getRegistry().bind("appendToLogFile", new AppendToLogFile(config, clock));
        camel.getRegistry().bind("logRequest", new LogRequest(config));
        camel.getRegistry().bind("logMessages", new LogMessages());
        camel.getRegistry().bind("deliveryLogHttpClient", new DeliveryLogHttpClient(DeliveryBeans.deadlines(), clock));
        camel.getRegistry().bind("deliveryLogKafka", new DeliveryLogKafkaClients(LogConfigs.kafka(brokers)));
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(PluginHelper.getResourceLoader(camel)
                        .resolveResource("file:routes/75-delivery-log.camel.yaml"));
        camel.start();
    }

    private Spool spool(String name) {
        return spools.spools().named(name);
    }

    /** Settles this many new events in a spool. */
    private void settle(String spool, int events) throws InterruptedException {
        SpoolUnavailable.await(spool(spool)
                .append(IntStream.range(0, events)
                        .mapToObj(number -> new Event(
                                0,
                                spool + "-" + number,
                                "rest",
                                "track",
                                "Order Completed",
                                "c" + number + "@example.com",
                                clock.instant(),
                                "{\"secret\":1}".getBytes(StandardCharsets.UTF_8)))
                        .toList()));
        for (int lane = 0; lane < spool(spool).lanes(); lane++) {
            Optional<Batch> batch = spool(spool).take(lane, 1_000, Duration.ZERO, Duration.ZERO);
            if (batch.isPresent()) {
                batch.get().forEach(event -> batch.get().mark(event, new Settlement.Delivered()));
                batch.get().commit();
                spool(spool).release(lane);
            }
        }
    }

    private static Set<String> ids(String spool, int events) {
        return IntStream.range(0, events)
                .mapToObj(number -> spool + "-" + number)
                .collect(Collectors.toSet());
    }

    private static Set<String> ids(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll(".*\"messageId\":\"([^\"]*)\".*", "$1"))
                .collect(Collectors.toSet());
    }

    private void awaitAllSent(String... names) {
        await().atMost(BOUND).until(() -> List.of(names).stream()
                .allMatch(name -> spool(name).deliveryLog().unsent() == 0));
    }

    @Test
    void theRecordsOfAllSpoolsAreInTheFileOfTheDay() throws Exception {
        // given
        settle("events", 25);
        settle("webhook-orders", 3);

        // when
        start(Map.of("delivery-log.to", "file", "delivery-log.dir", dir.toString()), "");
        awaitAllSent("events", "webhook-orders");

        // then
        List<String> lines = Files.readAllLines(dir.resolve("delivery-log-2025-11-21.ndjson"));
        assertThat(lines, hasSize(28));
        Set<String> expected = ids("events", 25);
        expected.addAll(ids("webhook-orders", 3));
        assertThat(ids(lines), is(expected));
        assertThat(
                lines.stream()
                        .filter(line -> line.contains("secret") || line.contains("@"))
                        .toList(),
                empty());
    }

    @Test
    void aWarehouseThatIsAwayGetsEachRecordLaterAndTheLogSaysSoOnce() throws Exception {
        // given
        warehouse.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503).withBody("not for the log")));
        settle("events", 25);

        // when
        try (CollectedLines lines = new CollectedLines(CONSUMER)) {
            start(
                    Map.of(
                            "delivery-log.to",
                            "HTTP",
                            "delivery-log.url",
                            warehouse.baseUrl() + "/log?key=in-the-query",
                            "delivery-log.token",
                            TOKEN),
                    "");
            await().atMost(BOUND).until(() -> requests().size() > 3);
            warehouse.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(204)));
            awaitAllSent("events");
            await().atMost(BOUND).until(() -> lines.all().size() > 1);

            // then
            assertThat(
                    lines.all(),
                    contains(
                            "events: the delivery log can't be sent, its records wait in the spool, delivery-log.url:"
                                    + " status 503",
                            "the delivery log is sent again"));
        }
        LoggedRequest last = requests().get(requests().size() - 1);
        assertThat(last.getHeader("Authorization"), is("Bearer " + TOKEN));
        assertThat(last.getHeader("Content-Type"), startsWith("application/x-ndjson"));
        assertThat(last.getUrl(), is("/log?key=in-the-query"));
        assertThat(last.getBodyAsString().lines().count(), is(5L));
        assertThat(ids(arrived()), is(ids("events", 25)));
    }

    @Test
    void aRecordThatTheWarehouseMayHaveIsPostedAgainWithTheSameId() throws Exception {
        // given a warehouse that fails once after it has taken the records
        warehouse.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));
        settle("events", 1);

        // when
        start(Map.of("delivery-log.to", "http", "delivery-log.url", warehouse.baseUrl()), "");
        await().atMost(BOUND).until(() -> requests().size() > 1);

        // then
        assertThat(Set.copyOf(arrived()), hasSize(1));
    }

    private List<LoggedRequest> requests() {
        return warehouse.findAll(anyRequestedFor(anyUrl()));
    }

    private List<String> arrived() {
        return requests().stream()
                .flatMap(request -> request.getBodyAsString().lines())
                .toList();
    }

    @Test
    @Tag("kafka")
    void theRecordsAreInTheTopicUnderTheirContacts() throws Exception {
        // given
        KafkaBroker kafka = SharedKafka.broker();
        String topic = dir.getFileName() + "-log";
        kafka.topic(topic, 2);
        settle("events", 25);

        // when
        start(Map.of("delivery-log.to", "kafka", "delivery-log.kafka.topic", topic), kafka.url());
        awaitAllSent("events");

        // then
        assertThat(ids(kafka.values(topic)), is(ids("events", 25)));
        assertThat(kafka.values(topic), not(empty()));
    }

    @Test
    void aFolderThatIsGoneIsWrittenAgainWhenItIsBack() throws Exception {
        // given
        Path folder = dir.resolve("mount");
        settle("events", 3);
        try (CollectedLines lines = new CollectedLines(CONSUMER)) {
            start(Map.of("delivery-log.to", "file", "delivery-log.dir", folder.toString()), "");
            await().atMost(BOUND).until(() -> !lines.all().isEmpty());
        }

        // when
        Files.createDirectory(folder);
        awaitAllSent("events");

        // then
        assertThat(ids(lines(folder)), is(ids("events", 3)));
    }

    private static List<String> lines(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("delivery-log-2025-11-21.ndjson"));
    }
}
