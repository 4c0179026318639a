package dev.listrakrelay.routes;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An event arrives with its own time; if the time can't be read, the relay says so when it uses the current time
 * instead.
 */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class EventTimesRouteTest extends ThroughTheDoors {

    private static final String REFUSED = "timestamp: unreadable, expected a time such as 2026-06-06T12:34:56Z";
    private static final Pattern COUNT =
            Pattern.compile("listrak_relay_unreadable_times_total\\{source=\"rest\"} ([0-9.]+)");

    private static String order(String timestamp) {
        return "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"email\":\"kim@example.com\"},"
                + "\"timestamp\":" + timestamp + "}";
    }

    private String time() {
        awaitNothingPending();
        assertThat(requests(), hasSize(1));
        return json(requests().get(0)).at("/events/0/dataFields/event_time").asText();
    }

    private double unreadable() {
        String metrics = given().baseUri("http://localhost:" + management.getPort())
                .get("/q/metrics")
                .asString();
        return COUNT.matcher(metrics)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"2021-06-06 12:34:56\"                          | 2021-06-06T12:34:56Z",
                "\"2021-06-06T12:34:56\"                          | 2021-06-06T12:34:56Z",
                "1622982896                                       | 2021-06-06T12:34:56Z",
                "1622982896000                                    | 2021-06-06T12:34:56Z",
                "\"2021-06-06\"                                   | 2021-06-06T00:00:00Z",
                "\"2021-06-06 12:34:56.123456789 +0000 UTC\"      | 2021-06-06T12:34:56.123456789Z",
                "\"Sun, 06 Jun 2021 12:34:56 GMT\"                | 2021-06-06T12:34:56Z",
                "\"2021-06-06T24:00:00Z\"                         | 2021-06-07T00:00:00Z"
            })
    void aLiveCallArrivesUnderTheTimeThatItSays(String timestamp, String expected) {
        // given
        double before = unreadable();

        // when
        caller().body(order(timestamp)).post("/v1/track").then().statusCode(200);

        // then
        assertThat(time(), is(expected));
        assertThat(unreadable(), is(before));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2021-06-06T12:34:56.029:Z\"", "\"\"", "\"yesterday\"", "{}"})
    void aLiveCallWithAnUnreadableTimeIsAcceptedAndCountedAndItsHistorySaysSo(String timestamp) {
        // given
        double before = unreadable();
        Instant start = Instant.now().minus(Duration.ofMinutes(1));

        // when
        caller().body(order(timestamp)).post("/v1/track").then().statusCode(200);

        // then
        assertThat(Instant.parse(time()).isAfter(start), is(true));
        assertThat(unreadable(), is(before + 1));
        int seq = operator()
                .queryParam("contact", "kim@example.com")
                .get("/events")
                .path("events[0].seq");
        operator()
                .get("/events/" + seq)
                .then()
                .body("steps[0].outcome", is("accepted"))
                .body("steps[0].reason", startsWith("timestamp: unreadable"));
        operator()
                .body(order(timestamp))
                .post("/explain")
                .then()
                .body("outcome", is("sent"))
                .body("event.time", startsWith("timestamp: unreadable"));
    }

    @Test
    void aBatchsTimeThatCannotBeReadIsCountedForEachEventThatHasNoOther() {
        // given
        double before = unreadable();
        String own = order("\"2021-06-06T12:34:56Z\"");
        String without = own.replaceFirst(",\"timestamp\":.*", "}");

        // when
        caller().body("{\"timestamp\":\"yesterday\",\"batch\":[" + own + "," + without + "]}")
                .post("/v1/batch")
                .then()
                .statusCode(200);

        // then
        awaitNothingPending();
        assertThat(unreadable(), is(before + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "06/06/2021", ""})
    void aShapeAndACloudEventWithSuchATimeAreRefused(String time) {
        // when // then
        caller().body(ShapesOfTheReadme.body("receipt").replace("2026-06-06T14:34:56+02:00", time))
                .post("/v1/shapes/receipt")
                .then()
                .statusCode(400)
                .body("rejected.reason", contains(REFUSED));
        caller().contentType("application/cloudevents+json")
                .body("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"T\",\"time\":\"" + time
                        + "\"}")
                .post("/cloudevents")
                .then()
                .statusCode(400)
                .body("rejected.reason", contains(REFUSED));
        assertThat(requests(), empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"0001-01-01T00:00:00Z\"", "\"1970-01-01T00:00:00Z\"", "0", "\"2026-06-06T12:34:55Z\"", "\"\""})
    void aSentAtThatCannotBeRightCorrectsNothing(String sentAt) {
        // when
        caller().body("{\"sentAt\":" + sentAt + ",\"batch\":[" + order("\"2026-06-06T12:34:56Z\"") + "]}")
                .post("/v1/batch")
                .then()
                .statusCode(200);

        // then
        assertThat(time(), is("2026-06-06T12:34:56Z"));
        assertThat(requests().get(0).getBodyAsString(), containsString("purchase"));
    }
}
