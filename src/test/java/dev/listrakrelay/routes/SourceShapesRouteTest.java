package dev.listrakrelay.routes;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Your own JSON arrives as events, with the shapes of {@code src/docs/sending-events.md}. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class SourceShapesRouteTest extends ThroughTheDoors {

    private static String receipt(String id) {
        return ShapesOfTheReadme.body("receipt").replace("R-1001", id);
    }

    @Test
    void aReceiptArrivesAsThePageSays() {
        // when
        caller().body(receipt("readme")).post("/v1/shapes/receipt").then().statusCode(202);
        awaitNothingPending();

        // then
        assertThat(requests(), hasSize(1));
        String sent = requests().get(0).getBodyAsString();
        assertThat(sent, containsString("\"identifierValue\":\"kim@example.com\""));
        assertThat(
                sent,
                containsString("\"dataFields\":{\"event_name\":\"purchase\",\"order_id\":\"readme\","
                        + "\"printed_at\":\"2026-06-06T14:34:56+02:00\",\"total\":129.90,"
                        + "\"event_time\":\"2026-06-06T12:34:56Z\"}"));
    }

    @Test
    void eachItemOfAListIsCheckedByItself() {
        // given
        String closing = ShapesOfTheReadme.body("closing").replaceFirst("]}$", ",5]}");

        // when
        caller().body(closing)
                .post("/v1/shapes/closing")
                .then()
                .statusCode(202)
                .body("accepted", is(2))
                .body("rejected", hasSize(1))
                .body("rejected[0].index", is(2))
                .body("rejected[0].reason", is("event: expected an object, found a number"));
        awaitNothingPending();

        // then
        assertThat(arrived(), containsInAnyOrder("R-1002", "R-1003"));
        assertThat(
                requests().stream().map(LoggedRequest::getBodyAsString).toList(),
                hasItem(containsString("\"total\":59.00")));
    }

    @Test
    void theSameIdOfTheSameShapeIsStoredOnceAndOfAnotherShapeAgain() {
        // given
        String closing = "{\"receipts\":[{\"order_id\":\"same\",\"customer\":{\"email\":\"kim@example.com\"}}]}";

        // when
        caller().body(receipt("same")).post("/v1/shapes/receipt").then().statusCode(202);
        caller().body(receipt("same")).post("/v1/shapes/receipt").then().statusCode(202);
        caller().body(closing).post("/v1/shapes/closing").then().statusCode(202);
        awaitNothingPending();

        // then
        assertThat(arrived(), hasSize(2));
    }

    @Test
    void aWriteKeyInTheBodyLetsInAndIsNotSent() {
        // given
        String body =
                receipt("body-key").replaceFirst("\\{", "{\"writeKey\":\"" + FakeListrakAccount.WRITE_KEY + "\",");

        // when
        given().contentType("text/plain")
                .body(body)
                .post("/v1/shapes/receipt")
                .then()
                .statusCode(202);
        awaitNothingPending();

        // then
        assertThat(requests().get(0).getBodyAsString(), not(containsString(FakeListrakAccount.WRITE_KEY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "5", "{}{}", "{\"receipt\":{\"total\":1,\"total\":2}}", "a=b"})
    void jsonOfAnotherShapeIsRefused(String body) {
        // when // then
        caller().body(body).post("/v1/shapes/receipt").then().statusCode(400).body("accepted", is(0));
    }

    @Test
    void itsPathMayEndInASlash() {
        // when
        caller().body(receipt("slash")).post("/v1/shapes/receipt/").then().statusCode(202);
        awaitNothingPending();

        // then
        assertThat(arrived(), is(List.of("slash")));
    }

    @Test
    void anUnknownShapeIsSaidToBeUnknownAndNothingElse() {
        caller().body("{}")
                .post("/v1/shapes/another")
                .then()
                .statusCode(404)
                .body("error", is("path: unknown shape, expected a name configured under source.rest.shapes"))
                .body("rejected", hasSize(0));
    }

    @Test
    void nobodyPostsThemWithoutAWriteKey() {
        given().contentType("application/json")
                .body(receipt("nobody"))
                .post("/v1/shapes/receipt")
                .then()
                .statusCode(401);
    }
}
