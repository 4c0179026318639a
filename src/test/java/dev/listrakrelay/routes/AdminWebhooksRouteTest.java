package dev.listrakrelay.routes;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** An operator sees the state of each webhook, and sends a test webhook to its third party. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
@WithTestResource(FakeThirdParty.class)
class AdminWebhooksRouteTest extends Webhooks {

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Test
    void aTestWebhookIsKeptAndReachesItsThirdParty() {
        // when
        String id = operator()
                .post("/webhooks/orders/test")
                .then()
                .statusCode(200)
                .body("status", is(200))
                .extract()
                .path("deliveryId");

        // then
        await().atMost(BOUND).until(() -> forwarded("orders").size() == 1);
        assertThat(forwarded("orders").get(0).getHeader("webhook-id"), is(id));
        assertThat(forwardedBodies("orders").get(0), containsString("\"test\":true"));
        await().atMost(BOUND).untilAsserted(() -> operator()
                .get("/webhooks")
                .then()
                .statusCode(200)
                .body("webhooks.find { it.name == 'orders' }.last.outcome", is("delivered"))
                .body("webhooks.find { it.name == 'orders' }.pending", is(0)));
        operator().get("/plots?minutes=2").then().body("requests.'webhook-orders 204'.sum { it ?: 0 } > 0", is(true));
    }

    @Test
    void eachWebhookShowsItsSettingsWithoutSecrets() {
        operator()
                .get("/webhooks")
                .then()
                .statusCode(200)
                .body("webhooks.name", contains("carts", "guarded", "kept", "orders"))
                .body("webhooks[3].path", is("/webhooks/listrak/orders"))
                .body("webhooks[3].secret", is(true))
                .body("webhooks[3].previousSecret", is(true))
                .body("webhooks[0].previousSecret", is(false))
                .body("webhooks[3].forwardUrl", is(thirdParty.baseUrl() + "/orders"))
                .body("webhooks[3].destination.name", is("webhook-orders"))
                .body("webhooks[2].forwardUrl", nullValue());
        operator()
                .get("/settings")
                .then()
                .body(
                        "settings.find { it.key == 'webhook.orders.forward-url' }.value",
                        is(thirdParty.baseUrl() + "/orders?••••"))
                .body("settings.findAll { it.key == 'webhook.carts.secret' }.value", contains("••••"))
                .body("settings.findAll { it.key == 'webhook.nobody.secret' }", hasSize(0));
    }

    private RequestSpecification operator() {
        return given().baseUri("http://localhost:" + management.getPort() + "/admin")
                .header("Authorization", "Bearer " + FakeListrakAccount.ADMIN_TOKEN)
                .contentType("application/json");
    }
}
