package dev.listrakrelay.routes;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page is served without a token and under a strict policy. The tokens decide what a caller may do, and the read
 * token sees no whole e-mail address.
 */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class ConsoleRouteTest extends ThroughTheDoors {

    @Test
    void thePageIsServedWithoutATokenUnderAStrictPolicy() {
        // given
        given().redirects()
                .follow(false)
                .get(management.resolve("/"))
                .then()
                .statusCode(302)
                .header("Location", is("/console/"));

        // when
        String tag = given().get(management.resolve("/console/"))
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header(
                        "Content-Security-Policy",
                        is("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
                                + " 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
                                + " 'none'"))
                .header("X-Content-Type-Options", is("nosniff"))
                .header("Referrer-Policy", is("no-referrer"))
                .header("Cache-Control", is("no-cache"))
                .body(containsString("<title>"))
                .extract()
                .header("ETag");

        // then
        given().header("If-None-Match", tag)
                .get(management.resolve("/console/index.html"))
                .then()
                .statusCode(304)
                .body(is(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/other.html",
                "/console/..%2fapplication.properties",
                "/console/%2e%2e/application.properties",
                "/console/../application.properties",
                "/console/.html",
                "/consoles/index.html",
                "/console/index.properties",
            })
    void nothingButThePagesFilesIsServed(String path) {
        given().urlEncodingEnabled(false)
                .get(management.resolve("/").toString().replaceFirst("/$", "") + path)
                .then()
                .statusCode(404)
                .body(not(containsString("listrak.client-id")));
    }

    @Test
    void aSessionShowsWhatItsTokenMayDo() {
        operator()
                .get("/session")
                .then()
                .statusCode(200)
                .body("mayChange", is(true))
                .body("masked", is(false))
                .body("sandbox", is(false))
                .body("engine", is("sqlite"))
                .body("orderField", is("properties.order_id"))
                .body("version", matchesPattern("\\d\\S+"))
                .body("process", matchesPattern("\\S+:\\d+"));
        marketer()
                .get("/session")
                .then()
                .statusCode(200)
                .body("mayChange", is(false))
                .body("masked", is(true));
        given().baseUri(admin()).get("/session").then().statusCode(401);
    }

    @Test
    void theReadTokenSeesNoWholeAddress() {
        // given
        caller().body(order("Masked@Example.com", "masked"))
                .post("/v1/track")
                .then()
                .statusCode(200);
        awaitNothingPending();

        // when
        String seq = marketer()
                .queryParam("contact", "masked@example.com")
                .get("/events")
                .then()
                .statusCode(200)
                .body("events", hasSize(1))
                .body("events[0].contact", is("m•••@example.com"))
                .extract()
                .path("events[0].seq")
                .toString();

        // then
        marketer()
                .get("/events/" + seq)
                .then()
                .body("payload.context.traits.email", is("M•••@Example.com"))
                .body(not(containsString("asked@")));
        marketer()
                .body(order("explained@example.com", "x"))
                .post("/explain")
                .then()
                .statusCode(200)
                .body(not(containsString("explained@")));
        marketer()
                .get("/events?limit=ann@example.com")
                .then()
                .statusCode(400)
                .body("error", containsString("a•••@example.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/dead-letters/replay", "/contract/check", "/contacts/forget", "/destinations/listrak/resume"})
    void theReadTokenChangesNothing(String path) {
        marketer()
                .body("{}")
                .post(path)
                .then()
                .statusCode(403)
                .body("error", containsString("expected the admin token, found the read token"))
                .body("replayed", nullValue());
    }
}
