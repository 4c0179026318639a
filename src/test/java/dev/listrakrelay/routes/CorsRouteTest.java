package dev.listrakrelay.routes;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers may post and read answers from pages of the listed origins, and from no others. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class CorsRouteTest extends ThroughTheDoors {

    private static final String SHOP = FakeListrakAccount.SHOP;

    private static RequestSpecification preflight(String origin) {
        return given().header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type,x-retry-count");
    }

    @Test
    void aBrowserMayPostWithTheHeadersThatSdksSend() {
        preflight(SHOP)
                .options("/v1/t")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", is(SHOP))
                .header("Access-Control-Allow-Methods", containsString("POST"))
                .header("Access-Control-Allow-Headers", is("authorization,content-type,x-retry-count"))
                .header("Access-Control-Max-Age", is("3600"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com",
                "http://shop.example.com",
                "https://shop.example.com.evil.net",
                "null"
            })
    void anotherOriginIsRefusedBeforeAnythingIsLookedAt(String origin) {
        preflight(origin).options("/v1/t").then().statusCode(403).header("Access-Control-Allow-Origin", nullValue());
        caller().header("Origin", origin)
                .body("{\"event\":\"E\"}")
                .post("/v1/t")
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"t,200", "dance,404", "b,400", "m,200"})
    void thePageMayReadItsAnswer(String call, int status) {
        caller().header("Origin", SHOP)
                .body("{\"event\":\"E\"}")
                .post("/v1/" + call)
                .then()
                .statusCode(status)
                .header("Access-Control-Allow-Origin", is(SHOP))
                .header("Access-Control-Expose-Headers", is("Retry-After"));
    }

    @Test
    void aPageCanReadThatItsPostIsTooLarge() {
        caller().header("Origin", SHOP)
                .body(" ".repeat(2 * 1024 * 1024))
                .post("/v1/t")
                .then()
                .statusCode(413)
                .header("Access-Control-Allow-Origin", is(SHOP));
    }

    @Test
    void aPageMayReadItsSettings() {
        given().header("Origin", SHOP)
                .get("/v1/projects/key/settings")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", is(SHOP));
    }

    @Test
    void aServerWithoutAnOriginMayPost() {
        caller().body("{\"event\":\"E\"}").post("/v1/t").then().statusCode(200);
    }
}
