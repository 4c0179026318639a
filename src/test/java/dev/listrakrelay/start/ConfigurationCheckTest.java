package dev.listrakrelay.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All mistakes are reported at once, each with the setting, the expected value and the found value. */
class ConfigurationCheckTest extends CheckedConfiguration {

    @Test
    void everythingThatIsNeededAndMissingIsNamedAtOnceWithItsVariable() {
        // given
        settings.clear();

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "listrak.client-id: missing, expected a value; set LISTRAK_CLIENT_ID",
                        "listrak.client-secret: missing, expected a value; set LISTRAK_CLIENT_SECRET",
                        "listrak.company-id: missing, expected an integer; set LISTRAK_COMPANY_ID",
                        "listrak.event-uid: missing, expected a UUID such as 7d3b6f0e-5c1a-4f8e-9a2b-0c1d2e3f4a5b;"
                                + " set LISTRAK_EVENT_UID",
                        "source.rest.write-keys: missing, expected at least one write key; without one, anyone"
                                + " could post events. Set SOURCE_REST_WRITE_KEYS"),
                mistakes);
    }

    @Test
    void aCompleteConfigurationHasNoMistake() {
        // given

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(List.of(), mistakes);
    }

    @Test
    void aValueOfTheWrongKindIsReportedWithWhatWasExpectedAndFound() {
        // given
        settings.put("listrak.company-id", "acme");
        settings.put("listrak.api-url", "api.listrak.com");
        settings.put("listrak.request-style", "events");
        settings.put("spool.lanes", "0");
        settings.put("spool.max-age", "soon");

        // when
        List<String> mistakes = mistakes();

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
                mistakes);
    }

    @Test
    void aSwitchThatIsNeitherTrueNorFalseIsReported() {
        // given
        settings.put("source.rest.enabled", "maybe");
        settings.put("spool.kafka.tls", "yes");
        settings.put("identity.enabled", "FALSE");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "source.rest.enabled (SOURCE_REST_ENABLED): expected true or false, found maybe",
                        "spool.kafka.tls (SPOOL_KAFKA_TLS): expected true or false, found yes"),
                mistakes);
    }

    @Test
    void filesThatSettingsOfCamelAndQuarkusNameExist() throws IOException {
        // given
        Files.writeString(dir.resolve("own.camel.yaml"), "");
        Files.writeString(dir.resolve("tls.crt"), "");
        settings.put("camel.main.routes-include-pattern", "classpath:routes/*, file:" + dir + "/*.camel.yaml");
        settings.put("quarkus.tls.public.key-store.pem.0.cert", dir + "/tls.crt");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(List.of(), mistakes);
    }

    @Test
    void missingFilesAreReportedWithTheSettingThatNamesThem() {
        // given
        settings.put(
                "camel.main.routes-include-pattern",
                "classpath:routes/*,file:" + dir + "/*.camel.yaml,file:" + dir + "/none/**/*.yaml");
        settings.put("quarkus.tls.public.key-store.pem.0.cert", "/no/such/tls.crt");
        settings.put("quarkus.tls.trust-store.pem.certs", "/no/such/a.crt,/no/such/b.crt");

        // when
        List<String> mistakes = mistakes();

        // then
        String routes =
                "camel.main.routes-include-pattern (CAMEL_MAIN_ROUTES_INCLUDE_PATTERN): expected route files such"
                        + " as file:/etc/listrak-relay/routes/*.camel.yaml, found no readable file for ";
        assertEquals(
                List.of(
                        routes + "file:" + dir + "/*.camel.yaml",
                        routes + "file:" + dir + "/none/**/*.yaml",
                        "quarkus.tls.public.key-store.pem.0.cert: expected a readable file, found /no/such/tls.crt",
                        "quarkus.tls.trust-store.pem.certs: expected a readable file, found /no/such/a.crt",
                        "quarkus.tls.trust-store.pem.certs: expected a readable file, found /no/such/b.crt"),
                mistakes);
    }

    @Test
    void anUnknownKeyIsReportedWithTheOneThatMayBeMeant() {
        // given
        settings.put("listrak.clientid", "x");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(List.of("listrak.clientid: unknown key, did you mean listrak.client-id?"), mistakes);
    }

    @Test
    void aMistypedVariableOfAnyPrefixIsReportedWithTheOneThatMayBeMeant() {
        // given
        variables.addAll(List.of("ADMIN_TOKN", "IDENTITY_TLL", "MAPPING_FIEL", "LISTRAK_CLIENTID", "SOURCE_FILE_DRI"));

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "ADMIN_TOKN: unknown environment variable, did you mean ADMIN_TOKEN?",
                        "IDENTITY_TLL: unknown environment variable, did you mean IDENTITY_TTL?",
                        "LISTRAK_CLIENTID: unknown environment variable, did you mean LISTRAK_CLIENT_ID?",
                        "MAPPING_FIEL: unknown environment variable, did you mean MAPPING_FILE?",
                        "SOURCE_FILE_DRI: unknown environment variable, did you mean SOURCE_FILE_DIR?"),
                mistakes);
    }

    @Test
    void variablesThatAPlatformSetsUnderTheSamePrefixesAreNoMistake() {
        // given
        variables.addAll(List.of(
                "LISTRAK_RELAY_SERVICE_HOST",
                "ADMIN_SERVICE_PORT_HTTP",
                "MAPPING_PORT",
                "IDENTITY_PORT_80_TCP_ADDR",
                "IDENTITY_ENDPOINT",
                "IDENTITY_HEADER"));

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(List.of(), mistakes);
    }

    @Test
    void theSandboxDoesNotStartBesideRealCredentials() {
        // given

        // when
        List<String> mistakes = mistakes("sandbox");

        // then
        assertTrue(mistakes.stream()
                .anyMatch(mistake -> mistake.startsWith("listrak.client-id: not the sandbox's value")));
        assertTrue(mistakes.stream().noneMatch(mistake -> mistake.contains("s3cret")));
    }

    @Test
    void allMistakesOfTheKafkaSpoolAreReportedAtOnce() {
        // given
        settings.put("spool.engine", "kafka");
        settings.put("spool.kafka.username", "relay");
        settings.put("spool.kafka.sasl-mechanism", "kerberos");
        settings.put("spool.kafka.replication-factor", "10");
        settings.put("spool.kafka.remembered-ids", "999");
        settings.put("spool.kafka.broker", "kafka:9092");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "spool.kafka.broker: unknown key, did you mean spool.kafka.brokers?",
                        "spool.kafka.password: missing, expected the password of spool.kafka.username;"
                                + " set SPOOL_KAFKA_PASSWORD",
                        "spool.kafka.remembered-ids (SPOOL_KAFKA_REMEMBERED_IDS): expected an integer from 1000 to"
                                + " 1000000, found 999",
                        "spool.kafka.replication-factor (SPOOL_KAFKA_REPLICATION_FACTOR): expected an integer from 1 to"
                                + " 9, found 10",
                        "spool.kafka.sasl-mechanism (SPOOL_KAFKA_SASL_MECHANISM): expected plain or scram-sha-256 or"
                                + " scram-sha-512, found kerberos"),
                mistakes);
    }

    @Test
    void theSpoolInKafkaNeedsNoFolder() throws IOException {
        // given
        settings.put("spool.engine", "kafka");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(List.of(), mistakes);
        assertFalse(Files.exists(dir.resolve("lock")));
    }

    @Test
    void everySettingIsInApplicationProperties() throws IOException {
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

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\n\n"})
    void aLineBreakAtTheEndOfASecretIsNoPartOfIt(String end) {
        // given
        settings.put("listrak.client-secret", "s3cret" + end);
        settings.put("source.rest.write-keys", "key, other" + end);

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(List.of(), mistakes);
        assertEquals("s3cret", configuration("prod").getValue("listrak.client-secret", String.class));
    }

    @Test
    void aSecretThatNobodyCouldSendIsRefusedByItsName() {
        // given
        settings.put("listrak.client-secret", "s3c\nret");
        settings.put("source.rest.write-keys", " , ");
        settings.put("webhook.orders.secret", "\nsecret");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "listrak.client-secret (LISTRAK_CLIENT_SECRET): expected one line, found a line break",
                        "source.rest.write-keys: missing, expected at least one write key; without one, anyone"
                                + " could post events. Set SOURCE_REST_WRITE_KEYS",
                        "webhook.orders.secret (WEBHOOK_ORDERS_SECRET): expected one line, found a line break"),
                mistakes);
    }

    @Test
    void aFloorThatASpoolsLogCanGoThroughIsRefused() {
        // given
        settings.put("spool.min-free", "8M");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of("spool.min-free (SPOOL_MIN_FREE): expected 0 for no minimum, or at least 64M, because a spool's"
                        + " log can take that much; found 8M"),
                mistakes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "64M", "10G"})
    void aFloorThatProtectsAndNoneAreFine(String floor) {
        // given
        settings.put("spool.min-free", floor);

        // when, then
        assertEquals(List.of(), mistakes());
    }

    @Test
    void theReadTokenIsAnotherAndTheFieldToFindByIsAPath() {
        // given
        settings.put("admin.token", "t0ken");
        settings.put("admin.read-token", "t0ken");
        settings.put("admin.find-field", "properties..id");
        settings.put("admin.readtoken", "x");

        // when
        List<String> mistakes = mistakes();

        // then
        assertEquals(
                List.of(
                        "admin.find-field (ADMIN_FIND_FIELD): expected field names separated by dots, such as"
                                + " properties.order_id, found properties..id",
                        "admin.read-token (ADMIN_READ_TOKEN): expected another token than admin.token, found the same",
                        "admin.readtoken: unknown key, did you mean admin.read-token?"),
                mistakes);
    }
}
