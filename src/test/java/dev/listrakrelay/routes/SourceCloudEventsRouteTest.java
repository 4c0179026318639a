package dev.listrakrelay.routes;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CloudEvents arrive as events, in structured and binary mode. The examples follow CloudEvents 1.0.2, HTTP protocol
 * binding.
 */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class SourceCloudEventsRouteTest extends ThroughTheDoors {

    private static final String STRUCTURED = "application/cloudevents+json; charset=UTF-8";
    private static final String BATCH = "application/cloudevents-batch+json";

    private static RequestSpecification sender(String contentType) {
        return given().config(config().encoderConfig(encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                        .encodeContentTypeAs(contentType.replaceFirst(";.*", ""), ContentType.TEXT)))
                .header("Authorization", "Bearer " + FakeListrakAccount.WRITE_KEY)
                .contentType(contentType);
    }

    private static String event(String source, String id, String order) {
        return """
                {"specversion":"1.0","type":"Order Completed","source":"%s","id":"%s","time":"2026-06-06T12:34:56Z",
                 "subject":"s","data":{"order_id":"%s","revenue":129.90,"email":"%s@example.com"}}"""
                .formatted(source, id, order, order);
    }

    @Test
    void aStructuredEventArrives() {
        // when
        sender(STRUCTURED)
                .body(event("/shop", "1", "structured"))
                .post("/cloudevents")
                .then()
                .statusCode(202);
        awaitNothingPending();

        // then
        assertThat(arrived(), is(List.of("structured")));
        String sent = requests().get(0).getBodyAsString();
        assertThat(sent, containsString("\"event_name\":\"purchase\""));
        assertThat(sent, containsString("\"revenue\":129.90"));
        assertThat(sent, containsString("\"event_time\":\"2026-06-06T12:34:56Z\""));
        assertThat(sent, containsString("structured@example.com"));
    }

    @Test
    void theSameIdOfTheSameSourceIsStoredOnceAndOfAnotherSourceAgain() {
        // given
        String batch = "[" + event("/a", "7", "first") + "," + event("/a", "7", "again") + ","
                + event("/b", "7", "other") + ",5]";

        // when
        sender(BATCH)
                .body(batch)
                .post("/cloudevents")
                .then()
                .statusCode(202)
                .body("accepted", is(3))
                .body("rejected", hasSize(1))
                .body("rejected[0].index", is(3));
        awaitNothingPending();

        // then
        assertThat(arrived(), containsInAnyOrder("first", "other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-www-form-urlencoded", "text/plain"})
    void aBinaryEventArrives(String contentType) {
        // when
        sender(contentType)
                .header("ce-specversion", "1.0")
                .header("CE-Type", "Order%20Completed")
                .header("ce-source", "/shop/" + contentType)
                .header("ce-id", "b+1")
                .header("ce-time", "2026-06-06T14:34:56+02:00")
                .body("{\"order_id\":\"binary\",\"email\":\"binary@example.com\"}")
                .post("/cloudevents")
                .then()
                .statusCode(202);
        awaitNothingPending();

        // then
        assertThat(arrived(), is(List.of("binary")));
        assertThat(requests().get(0).getBodyAsString(), containsString("\"event_time\":\"2026-06-06T12:34:56Z\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "{\"type\":\"Order Completed\",\"data\":{}",
                "{\"type\":\"Order Completed\"}{}",
                "{\"type\":5,\"data\":{}}",
                "{\"data\":{}}",
                "{\"type\":\"Order Completed\",\"data\":{\"a\":1,\"a\":2}}",
                "5"
            })
    void anInvalidCloudEventIsRefused(String body) {
        // when // then
        sender(STRUCTURED).body(body).post("/cloudevents").then().statusCode(400);
    }

    @Test
    void dataInBase64IsDecodedWhereItIsJsonAndElseRefusedWithTheReason() {
        // given
        String json = base64("{\"order_id\":\"base64\",\"revenue\":1.50,\"email\":\"base64@example.com\"}");
        String batch = Stream.of(
                        "\"" + json + "\"",
                        "\"" + base64("no JSON") + "\"",
                        "\"" + base64("{}{}") + "\"",
                        "\"no base64!\"",
                        "{}",
                        "\"" + json + "\",\"data\":{}",
                        "\"" + base64("{\"a\":1,\"a\":2}") + "\"")
                .map(data -> "{\"type\":\"Order Completed\",\"id\":\"1\",\"source\":\"/base64\",\"data_base64\":" + data
                        + "}")
                .collect(Collectors.joining(",", "[", "]"));

        // when
        sender(BATCH)
                .body(batch)
                .post("/cloudevents")
                .then()
                .statusCode(202)
                .body("accepted", is(1))
                .body("rejected.index", contains(1, 2, 3, 4, 5, 6))
                .body(
                        "rejected.reason",
                        contains(
                                "data_base64: invalid, expected base64 of JSON in UTF-8",
                                "data_base64: invalid, expected base64 of JSON in UTF-8",
                                "data_base64: invalid, expected base64 of JSON in UTF-8",
                                "data_base64: invalid, expected base64 of JSON in UTF-8",
                                "data_base64: used together with data, expected only one of them",
                                "event: duplicate key in an object, expected each key once"));
        awaitNothingPending();

        // then
        assertThat(arrived(), is(List.of("base64")));
        assertThat(requests().get(0).getBodyAsString(), containsString("\"revenue\":1.50"));
    }

    @Test
    void aRepeatedAttributeIsRefused() {
        // given
        String twice = event("/twice", "1", "twice").replaceFirst("\"type\"", "\"type\":\"Cart Viewed\",\"type\"");

        // when // then
        sender(STRUCTURED)
                .body(twice)
                .post("/cloudevents")
                .then()
                .statusCode(400)
                .body("rejected.reason", contains("event: duplicate key in an object, expected each key once"));
        sender(BATCH)
                .body("[" + twice + "," + event("/twice", "2", "once") + "]")
                .post("/cloudevents")
                .then()
                .statusCode(202)
                .body("rejected.index", contains(0));
        awaitNothingPending();
        assertThat(arrived(), is(List.of("once")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce-type", "CE-Subject"})
    void aRepeatedHeaderIsRefused(String name) {
        sender("application/json")
                .header("ce-type", "Order Completed")
                .header(name, "Order Completed", "Order Completed")
                .body("{\"order_id\":\"twice\"}")
                .post("/cloudevents")
                .then()
                .statusCode(400)
                .body("error", is("ce- headers: one is repeated, expected each once"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"Order Completed\" | Order Completed",
                "\"Order\\ \\Completed\" | Order Completed",
                "\"Order%20Completed\" | Order Completed",
                "Order%20%22Completed%22 | Order \"Completed\"",
                "\"a\\\"b%5C\" | a\"b\\",
                "a\"b\" | a\"b\"",
                "50%+ | 50%+"
            })
    void aHeaderIsUnquotedAndThenPercentDecoded(String header, String name) {
        // given
        String id = UUID.randomUUID().toString();

        // when
        sender("application/json")
                .header("ce-type", header)
                .header("ce-source", "/headers")
                .header("ce-id", id)
                .body("{\"email\":\"headers@example.com\"}")
                .post("/cloudevents/")
                .then()
                .statusCode(202);

        // then
        operator()
                .queryParam("messageId", "/headers#" + id)
                .get("/events")
                .then()
                .statusCode(200)
                .body("events[0].name", is(name));
    }

    @ParameterizedTest
    @CsvSource({"/a#b, c, /a, b#c", "/a\\, b, /a, b", "/a\\#b, c, /a\\, b#c", "'', /a#b, /a, b", "/a|b, c, /a, b|c"})
    void noPairOfSourceAndIdIsTakenForAnother(String source, String id, String otherSource, String otherId) {
        // given
        String unique = UUID.randomUUID().toString();
        String one = event(source.replace("\\", "\\\\"), id + unique, "pair-1");
        String other = event(otherSource.replace("\\", "\\\\"), otherId + unique, "pair-2");

        // when
        sender(BATCH)
                .body("[" + one + "," + other + ","
                        + one.replace("pair-1", "pair-3").replace("/a", "\\u002Fa") + "]")
                .post("/cloudevents")
                .then()
                .statusCode(202)
                .body("accepted", is(3));
        awaitNothingPending();

        // then
        assertThat(arrived(), containsInAnyOrder("pair-1", "pair-2"));
    }

    @Test
    void aBodyWithoutAnAttributeIsAnsweredWithWhatIsExpected() {
        sender("application/json")
                .body("{\"order_id\":\"1\"}")
                .post("/cloudevents")
                .then()
                .statusCode(400)
                .body("error", containsString("expected application/cloudevents+json"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nobodyPostsThemWithoutAWriteKey() {
        given().contentType("application/json")
                .header("ce-type", "Order Completed")
                .body("{}")
                .post("/cloudevents")
                .then()
                .statusCode(401);
    }
}
