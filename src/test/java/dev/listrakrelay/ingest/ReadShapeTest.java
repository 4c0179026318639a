package dev.listrakrelay.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shape makes events from your own JSON: each field comes from its path, and numbers keep all digits. */
class ReadShapeTest {

    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
    private static final String RECEIPT =
            """
            {"till":4,"customer":{"email":"kim@example.com","card":1234567890123456789,"device":"d-1"},
             "receipt":{"no":"R-1","at":"2026-06-06T12:34:56Z","total":129.90,"points":1e2}}""";

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void everyBodyIsAnOrder() {
        settings.put("event", "Order Completed");
    }

    @Test
    void membersComeFromWhereTheirPathsLeadAndEveryDigitStays() {
        // given
        settings.put("user-id", "$.customer.card");
        settings.put("anonymous-id", "$['customer']['device']");
        settings.put("message-id", "$.receipt.no");
        settings.put("timestamp", "$.receipt.at");
        settings.put("email", "$.customer.email");
        settings.put("properties", "$.receipt");

        // when
        String event = events(RECEIPT);

        // then
        assertEquals(
                "{\"type\":\"track\",\"event\":\"Order Completed\",\"userId\":1234567890123456789,"
                        + "\"anonymousId\":\"d-1\",\"messageId\":\"R-1\",\"timestamp\":\"2026-06-06T12:34:56Z\","
                        + "\"context\":{\"traits\":{\"email\":\"kim@example.com\"}},"
                        + "\"properties\":{\"no\":\"R-1\",\"at\":\"2026-06-06T12:34:56Z\",\"total\":129.90,\"points\":1e2}}",
                event);
    }

    @Test
    void theEmailOfAGroupIsItsCompanys() {
        // given
        settings.put("type", "group");
        settings.put("email", "$.customer.email");
        settings.put("properties", "$.none");

        // when
        String event = events(RECEIPT);

        // then
        assertEquals(
                "{\"type\":\"group\",\"name\":\"Order Completed\",\"traits\":{\"email\":\"kim@example.com\"}}", event);
    }

    @Test
    void theWholeBodyBecomesPropertiesButForTheWriteKey() {
        assertEquals(
                "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"total\":1.10}}",
                events("{\"writeKey\":\"web-key\",\"total\":1.10}"));
    }

    @Test
    void missingAndNullValuesAreLeftOut() {
        // given
        settings.put("event", "$.what");
        settings.put("message-id", "$.id");
        settings.put("email", "$.email");
        settings.put("properties", "$.order");

        // when // then
        assertEquals("{\"type\":\"track\"}", events("{\"id\":null,\"order\":null}"));
    }

    @Test
    void propertiesThatAreNoObjectAreNotLostButStayWhatTheyAreAndAreRefusedLater() {
        // given
        settings.put("properties", "$.order");

        // when // then
        assertEquals(
                "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":\"{}\"}",
                events("{\"order\":\"{}\"}"));
    }

    @Test
    void theFirstOfSeveralValuesCounts() {
        // given
        settings.put("event", "$.lines[*].what");

        // when
        String event = events("{\"lines\":[{\"a\":1},{\"what\":\"Paid\"},{\"what\":\"Packed\"}]}");

        // then
        assertTrue(event.startsWith("{\"type\":\"track\",\"event\":\"Paid\","), event);
    }

    @Test
    void eachItemOfAListIsAnEventAndPathsLeadThroughTheBodyToo() {
        // given
        settings.put("events", "$.receipts");
        settings.put("event", "$.kind");
        settings.put("message-id", "$.item.no");

        // when
        String events = events("{\"kind\":\"Paid\",\"receipts\":[{\"no\":\"1\",\"total\":1.0},7,{\"no\":\"2\"}]}");

        // then
        assertEquals(
                "[{\"type\":\"track\",\"event\":\"Paid\",\"messageId\":\"1\",\"properties\":{\"no\":\"1\",\"total\":1.0}},"
                        + "7,{\"type\":\"track\",\"event\":\"Paid\",\"messageId\":\"2\",\"properties\":{\"no\":\"2\"}}]",
                events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$", "$[*]", "$.[*]"})
    void aBodyMayBeTheList(String path) {
        // given
        settings.put("events", path);

        // when // then
        assertEquals(
                "[{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"a\":1}},"
                        + "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"a\":2}}]",
                events("[{\"a\":1},{\"a\":2}]"));
    }

    @Test
    void aTypeOtherThanTrackHasANameInsteadOfAnEvent() {
        // given
        settings.put("type", "$.kind");
        settings.put("event", "$.title");
        settings.put("properties", "$.none");

        // when // then
        assertEquals("{\"type\":\"page\",\"name\":\"Home\"}", events("{\"kind\":\"page\",\"title\":\"Home\"}"));
        assertEquals("{\"type\":\"track\",\"event\":\"Paid\"}", events("{\"kind\":\"track\",\"title\":\"Paid\"}"));
    }

    @Test
    void valuesThatAreNoObjectsStayUnchanged() {
        assertEquals("5.0", events("5.0"));
        assertEquals("[{\"a\":1}]", events("[{\"a\":1}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{}{}", "{\"a\":{\"b\":1,\"b\":2}}", "nothing", "{\"receipts\":[]}", "[5]"})
    void aBodyThatIsNotOfItsShapeIsRefused(String body) {
        // given
        settings.put("events", "$.receipts");

        // when
        UnreadableRequest refused = assertThrows(UnreadableRequest.class, () -> events(body));

        // then
        assertEquals(400, refused.status());
        assertTrue(refused.getMessage().startsWith("body: "), refused.getMessage());
    }

    @Test
    void depthAndDigitsAreBoundedBeforePathsLeadThroughThem() {
        // given
        String deep = "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";
        String digits = "{\"a\":" + "9".repeat(101) + "}";

        // when // then
        assertEquals(
                400, assertThrows(UnreadableRequest.class, () -> events(deep)).status());
        assertEquals(
                400, assertThrows(UnreadableRequest.class, () -> events(digits)).status());
    }

    @Test
    void tooManyEventsAreTooLarge() {
        // given
        settings.put("events", "$");
        String body = "[" + "{},".repeat(2_500) + "{}]";

        // when // then
        assertEquals(
                413, assertThrows(UnreadableRequest.class, () -> events(body)).status());
    }

    @Test
    void eventsThatEachHoldTheWholeBodyAreTooLargeTogether() {
        // given
        settings.put("events", "$.items");
        settings.put("properties", "$");
        String items =
                IntStream.range(0, 1_000).mapToObj(i -> "{\"i\":" + i + "}").collect(Collectors.joining(","));

        // when
        UnreadableRequest refused = assertThrows(UnreadableRequest.class, () -> events("{\"items\":[" + items + "]}"));

        // then
        assertEquals(413, refused.status());
    }

    @Test
    void anUnknownShapesAnswerRevealsNothing() {
        // when
        UnreadableRequest refused = assertThrows(UnreadableRequest.class, () -> events("another", "{}"));

        // then
        assertEquals(404, refused.status());
        assertEquals("path: unknown shape, expected a name configured under source.rest.shapes", refused.getMessage());
    }

    private String events(String body) {
        return events("till", body);
    }

    private String events(String shape, String body) {
        Map<String, String> keys = new HashMap<>();
        settings.forEach((key, value) -> keys.put("source.rest.shapes.till." + key, value));
        ShapesConfig config = new SmallRyeConfigBuilder()
                .withMapping(ShapesConfig.class)
                .withSources(new PropertiesConfigSource(keys, "test", 500))
                .build()
                .getConfigMapping(ShapesConfig.class);
        Exchange exchange = new DefaultExchange(CAMEL);
        exchange.getMessage().setHeader(Exchange.HTTP_PATH, "/v1/shapes/" + shape);
        exchange.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8));
        new ReadShape(config).process(exchange);
        assertEquals(shape, exchange.getProperty(ReadShape.NAME));
        return new String(exchange.getMessage().getBody(byte[].class), StandardCharsets.UTF_8);
    }
}
