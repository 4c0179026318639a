package dev.listrakrelay.routes;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CloudEvents arrive as events, in whichever mode they come. Examples after CloudEvents 1.0.2, HTTP protocol binding. */
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
    void whatIsNoCloudEventIsRefused(String body) {
        // when // then
        sender(STRUCTURED).body(body).post("/cloudevents").then().statusCode(400);
    }

    @Test
    void aBodyWithoutAnAttributeIsToldWhatIsExpected() {
        sender("application/json")
                .body("{\"order_id\":\"1\"}")
                .post("/cloudevents")
                .then()
                .statusCode(400)
                .body("error", containsString("expected application/cloudevents+json"));
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
