package dev.listrakrelay.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Event;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationCheckTest {

    private static final String UID = "7d3b6f0e-5c1a-4f8e-9a2b-0c1d2e3f4a5b";

    @TempDir
    Path dir;

    private final Map<String, String> settings = new HashMap<>();

    @Test
    void everythingThatIsNeededAndMissingIsNamedAtOnceWithItsVariable() {
        // given
        settings.clear();

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(
                List.of(
                        "listrak.client-id: missing, expected a text; set LISTRAK_CLIENT_ID",
                        "listrak.client-secret: missing, expected a text; set LISTRAK_CLIENT_SECRET",
                        "listrak.company-id: missing, expected an integer; set LISTRAK_COMPANY_ID",
                        "listrak.event-uid: missing, expected a UUID such as 7d3b6f0e-5c1a-4f8e-9a2b-0c1d2e3f4a5b;"
                                + " set LISTRAK_EVENT_UID",
                        "source.rest.write-keys: missing, expected at least one write key, or anyone could post events;"
                                + " set SOURCE_REST_WRITE_KEYS"),
                mistakes.stream().sorted().toList());
    }

    @Test
    void aCompleteConfigurationHasNoMistake() {
        // given
        complete();

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(List.of(), mistakes);
    }

    @Test
    void aValueOfTheWrongKindIsToldWithWhatWasExpectedAndFound() {
        // given
        complete();
        settings.put("listrak.company-id", "acme");
        settings.put("listrak.api-url", "api.listrak.com");
        settings.put("listrak.request-style", "events");
        settings.put("spool.lanes", "0");
        settings.put("spool.max-age", "soon");

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(
                List.of(
                        "listrak.api-url (LISTRAK_API_URL): expected a URL such as"
                                + " https://api.listrak.com/crosschannel/v1, found api.listrak.com",
                        "listrak.company-id (LISTRAK_COMPANY_ID): expected an integer, found acme",
                        "listrak.request-style (LISTRAK_REQUEST_STYLE): expected event or event-configurations,"
                                + " found events",
                        "spool.lanes (SPOOL_LANES): expected an integer from 1 to 256, found 0",
                        "spool.max-age (SPOOL_MAX_AGE): expected a duration such as 500ms, 30s or 5m, found soon"),
                mistakes.stream().sorted().toList());
    }

    @Test
    void anUnknownKeyIsToldWithTheOneThatMayBeMeant() {
        // given
        complete();
        settings.put("listrak.clientid", "x");

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(List.of("listrak.clientid: unknown key, expected one such as listrak.client-id"), mistakes);
    }

    @Test
    void theSandboxDoesNotStartBesideRealCredentials() {
        // given
        complete();

        // when
        List<String> mistakes = mistakes("sandbox");

        // then
        assertTrue(
                mistakes.stream().anyMatch(mistake -> mistake.startsWith("listrak.client-id: not the sandbox's own")));
        assertTrue(mistakes.stream().noneMatch(mistake -> mistake.contains("s3cret")));
    }

    @Test
    void allThatIsWrongWithWebhooksIsToldAtOnce() {
        // given
        complete();
        settings.put("webhook.orders.forward-url", "http://crm.example.com/in?key=s3cret");
        settings.put("webhook.orders.forward-secret", "not base64");
        settings.put("webhook.carts.secret", "s3cret");
        settings.put("webhook.carts.tolerance", "13h");
        settings.put("webhook.carts.max-age", "soon");
        settings.put("webhook.carts.secrt", "s3cret");
        settings.put("webhook.Big_Name.secret", "s3cret");

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(
                List.of(
                        "webhook.Big_Name: name, expected small letters, digits and single hyphens between them",
                        "webhook.carts.max-age (WEBHOOK_CARTS_MAX_AGE): expected a duration such as 500ms, 30s or 5m,"
                                + " found soon",
                        "webhook.carts.secrt: unknown key, expected one such as webhook.carts.secret",
                        "webhook.carts.tolerance: expected at most 12h, for what came is known for 24h, found PT13H",
                        "webhook.orders.forward-secret: expected base64, with or without whsec_ before it, found"
                                + " another",
                        "webhook.orders.forward-url: expected https, found http; or set"
                                + " webhook.orders.allow-private=true",
                        "webhook.orders.secret: missing, expected the secret that Journey Hub signs it with, or no one"
                                + " could tell a genuine one; set WEBHOOK_ORDERS_SECRET"),
                mistakes.stream().sorted().toList());
    }

    @Test
    void aCompleteWebhookHasNoMistake() {
        // given
        complete();
        settings.put("webhook.big-orders.secret", "s3cret");
        settings.put("webhook.big-orders.tolerance", "12h");
        settings.put("webhook.big-orders.forward-url", "https://crm.example.com/in");
        settings.put("webhook.big-orders.forward-secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        settings.put("webhook.inside.secret", "s3cret");
        settings.put("webhook.inside.forward-url", "http://crm.internal/in");
        settings.put("webhook.inside.allow-private", "true");

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(List.of(), mistakes);
    }

    @Test
    void allThatIsWrongWithNamedAccountsIsToldAtOnce() {
        // given
        complete();
        settings.put("listrak.eu.company-id", "acme");
        settings.put("listrak.eu.clientid", "x");
        settings.put("listrak.deadline.client-id", "x");
        settings.put("listrak.Big_One.client-id", "x");
        List<String> needed = List.of("client-id", "client-secret", "company-id", "event-uid");
        for (String key : needed) {
            settings.putIfAbsent("listrak.deadline." + key, key.equals("company-id") ? "1" : UID);
            settings.putIfAbsent("listrak.Big_One." + key, key.equals("company-id") ? "1" : UID);
        }

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(
                List.of(
                        "listrak.Big_One: name, expected small letters, digits and single hyphens between them",
                        "listrak.deadline: name, expected one that means nothing else, such as eu",
                        "listrak.eu.client-id: missing, expected its integration's client id;"
                                + " set LISTRAK_EU_CLIENT_ID",
                        "listrak.eu.client-secret: missing, expected its integration's client secret;"
                                + " set LISTRAK_EU_CLIENT_SECRET",
                        "listrak.eu.clientid: unknown key, expected one such as listrak.eu.client-id",
                        "listrak.eu.company-id (LISTRAK_EU_COMPANY_ID): expected an integer, found acme",
                        "listrak.eu.event-uid: missing, expected the UUID of its custom event;"
                                + " set LISTRAK_EU_EVENT_UID"),
                mistakes.stream().sorted().toList());
    }

    @Test
    void aRuleMayNameTheAccountsThatAreConfigured() throws IOException {
        // given
        complete();
        Path file = dir.resolve("m.yaml");
        Files.writeString(
                file,
                """
                preset: default
                events:
                  - {when: {type: page}, event_name: seen, account: eu}
                  - {when: {type: screen}, event_name: seen, account: us}
                """);
        settings.put("mapping.file", file.toString());
        for (String key : List.of("client-id", "client-secret", "event-uid")) {
            settings.put("listrak.eu." + key, UID);
        }
        settings.put("listrak.eu.company-id", "1");

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(
                List.of(file + ": events[1].account: unknown account, expected one of eu, listrak, as configured by"
                        + " listrak.<name>.*, found us"),
                mistakes);
    }

    @Test
    void inTheSandboxANamedAccountNeedsNoCredentialsAndHasNoneButItsOwn() {
        // given
        settings.put("listrak.client-id", "sandbox");
        settings.put("listrak.client-secret", "sandbox");
        settings.put("listrak.company-id", "12345");
        settings.put("listrak.event-uid", UID);
        settings.put("listrak.api-url", "http://localhost:8090/crosschannel/v1");
        settings.put("listrak.auth-url", "http://localhost:8090/OAuth2/Token");
        settings.put("listrak.eu.company-id", "12345");
        settings.put("listrak.us.client-secret", "s3cret");

        // when
        List<String> mistakes = mistakes("sandbox");

        // then
        assertEquals(
                List.of("listrak.us.client-secret"),
                mistakes.stream().map(mistake -> mistake.split(":")[0]).toList());
    }

    @Test
    void allThatIsWrongWithShapesIsToldAtOnceWithItsVariable() {
        // given
        complete();
        settings.put("source.rest.shapes.till.type", "sale");
        settings.put("source.rest.shapes.till.event", "$receipt.what");
        settings.put("source.rest.shapes.till.message-id", "receipt-1");
        settings.put("source.rest.shapes.till.properties", "$.a[?(");
        settings.put("source.rest.shapes.till.evnts", "$.receipts");
        settings.put("source.rest.shapes.day-end.events", "$..");
        settings.put("source.rest.shapes.Big.event", "Paid");

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(
                List.of(
                        "source.rest.shapes.Big: name, expected small letters, digits and single hyphens between them",
                        "source.rest.shapes.day-end.event: missing, expected a JSONPath such as $.order.status, or the"
                                + " name of what happened; set source.rest.shapes.day-end.event",
                        "source.rest.shapes.day-end.events (source.rest.shapes.day-end.events): expected a JSONPath"
                                + " such as $.order.status, found $..",
                        "source.rest.shapes.till.event (SOURCE_REST_SHAPES_TILL_EVENT): expected a JSONPath such as"
                                + " $.order.status, or a name that begins with another letter, found $receipt.what",
                        "source.rest.shapes.till.evnts: unknown key, expected one such as"
                                + " source.rest.shapes.till.events",
                        "source.rest.shapes.till.message-id (SOURCE_REST_SHAPES_TILL_MESSAGE_ID): expected a JSONPath"
                                + " such as $.order.status, found receipt-1",
                        "source.rest.shapes.till.properties (SOURCE_REST_SHAPES_TILL_PROPERTIES): expected a JSONPath"
                                + " such as $.order.status, found $.a[?(",
                        "source.rest.shapes.till.type (SOURCE_REST_SHAPES_TILL_TYPE): expected a JSONPath such as"
                                + " $.order.status, or one of " + String.join(", ", Event.TYPES) + ", found sale"),
                mistakes.stream().sorted().toList());
    }

    @Test
    void aCompleteShapeHasNoMistake() {
        // given
        complete();
        settings.put("source.rest.shapes.day-end.events", "$.receipts[?(@.total > 0)]");
        settings.put("source.rest.shapes.day-end.event", "Order Completed");
        settings.put("source.rest.shapes.day-end.email", "$.item.customer['e-mail']");
        settings.put("source.rest.shapes.visit.type", "page");
        settings.put("source.rest.shapes.any.type", "$.kind");

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(List.of(), mistakes);
    }

    @Test
    void aSourceThatIsOnSaysWhatItLacks() {
        // given
        complete();
        settings.put("source.kafka.enabled", "true");
        settings.put("source.kafka.username", "shop");
        settings.put("source.kafka.sasl-mechanism", "kerberos");
        settings.put("source.amqp.enabled", "true");
        settings.put("source.amqp.url", "tcp://user:s3cret@broker:61616");
        settings.put("source.file.enabled", "true");

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(
                List.of(
                        "source.amqp.queue: missing, expected the name of a queue; set SOURCE_AMQP_QUEUE",
                        "source.amqp.url (SOURCE_AMQP_URL): expected amqp:// or amqps://, found another",
                        "source.file.dir: missing, expected the folder that files are dropped into;"
                                + " set SOURCE_FILE_DIR",
                        "source.kafka.brokers: missing, expected host:port of one broker or more;"
                                + " set SOURCE_KAFKA_BROKERS",
                        "source.kafka.password: missing, expected the password of source.kafka.username;"
                                + " set SOURCE_KAFKA_PASSWORD",
                        "source.kafka.sasl-mechanism (SOURCE_KAFKA_SASL_MECHANISM): expected plain or scram-sha-256 or"
                                + " scram-sha-512, found kerberos",
                        "source.kafka.topics: missing, expected one topic or more; set SOURCE_KAFKA_TOPICS"),
                mistakes.stream().sorted().toList());
    }

    @Test
    void aFileOfCertificatesHasToBeReadable() {
        // given
        complete();
        settings.put("source.kafka.enabled", "true");
        settings.put("source.kafka.brokers", "localhost:9092");
        settings.put("source.kafka.topics", "orders");
        settings.put("source.kafka.ca-file", dir.resolve("missing.pem").toString());
        settings.put("source.kafka.certificate-file", dir.toString());
        settings.put("source.amqp.enabled", "true");
        settings.put("source.amqp.url", "amqps://localhost:5671");
        settings.put("source.amqp.queue", "orders");
        settings.put("source.amqp.ca-file", dir.resolve("missing.pem").toString());

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(
                List.of(
                        "source.amqp.ca-file (SOURCE_AMQP_CA_FILE): expected a file that can be read, found "
                                + dir.resolve("missing.pem"),
                        "source.kafka.ca-file (SOURCE_KAFKA_CA_FILE): expected a file that can be read, found "
                                + dir.resolve("missing.pem"),
                        "source.kafka.certificate-file (SOURCE_KAFKA_CERTIFICATE_FILE): expected a file that can be read,"
                                + " found " + dir),
                mistakes.stream().sorted().toList());
    }

    @Test
    void aSourceThatIsOffNeedsNothing() {
        // given
        complete();
        settings.put("source.kafka.enabled", "false");

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(List.of(), mistakes);
    }

    @Test
    void allThatIsWrongWithTheSpoolInKafkaIsToldAtOnce() {
        // given
        complete();
        settings.put("spool.engine", "kafka");
        settings.put("spool.kafka.username", "relay");
        settings.put("spool.kafka.sasl-mechanism", "kerberos");
        settings.put("spool.kafka.replication-factor", "10");
        settings.put("spool.kafka.remembered-ids", "999");
        settings.put("spool.kafka.broker", "kafka:9092");

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(
                List.of(
                        "spool.kafka.broker: unknown key, expected one such as spool.kafka.brokers",
                        "spool.kafka.password: missing, expected the password of spool.kafka.username;"
                                + " set SPOOL_KAFKA_PASSWORD",
                        "spool.kafka.remembered-ids (SPOOL_KAFKA_REMEMBERED_IDS): expected an integer from 1000 to"
                                + " 1000000, found 999",
                        "spool.kafka.replication-factor (SPOOL_KAFKA_REPLICATION_FACTOR): expected an integer from 1 to"
                                + " 9, found 10",
                        "spool.kafka.sasl-mechanism (SPOOL_KAFKA_SASL_MECHANISM): expected plain or scram-sha-256 or"
                                + " scram-sha-512, found kerberos"),
                mistakes.stream().sorted().toList());
    }

    @Test
    void theSpoolInKafkaNeedsNoFolder() throws IOException {
        // given
        complete();
        settings.put("spool.engine", "kafka");

        // when
        List<String> mistakes = mistakes("prod");

        // then
        assertEquals(List.of(), mistakes);
        assertFalse(Files.exists(dir.resolve("lock")));
    }

    @Test
    void everySettingStandsInTheOperatorsSheet() throws IOException {
        // given
        String sheet = Files.readString(Path.of("application.properties"));

        // when
        List<String> missing = ConfigurationCheck.MAPPINGS.stream()
                .flatMap(Setting::of)
                .map(Setting::key)
                .filter(key -> !sheet.contains("\n" + key + "=") && !sheet.contains("\n#" + key + "="))
                .toList();

        // then
        assertEquals(List.of(), missing);
    }

    private void complete() {
        settings.put("listrak.client-id", "shop");
        settings.put("listrak.client-secret", "s3cret");
        settings.put("listrak.company-id", "12345");
        settings.put("listrak.event-uid", "7d3b6f0e-5c1a-4f8e-9a2b-0c1d2e3f4a5b");
        settings.put("source.rest.write-keys", "key");
    }

    private List<String> mistakes(String profile) {
        settings.put("spool.dir", dir.toString());
        settings.putIfAbsent("sandbox.port", "8090");
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfile(profile)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build();
        return new ConfigurationCheck(config).mistakes();
    }
}
