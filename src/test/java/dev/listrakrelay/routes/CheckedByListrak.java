package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;

/** Base of the tests that check the mapping against Listrak's schemas. */
abstract class CheckedByListrak extends ThroughTheDoors {

    static final String SCHEMA = "/crosschannel/v1/eventConfigurations/" + FakeListrakAccount.EVENT_UID;
    static final Map<String, String> FIELDS = Map.of(
            "event_name", "String",
            "event_time", "Date",
            "order_id", "String",
            "revenue", "Double",
            "channel", "String",
            "items", "String",
            "ordered_at", "Date");

    public static class Checked implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("mapping.file", "src/test/resources/routes/contract.mapping.yaml");
        }
    }

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void theSchemaFits() {
        listrakSays(okJson(schema(FIELDS, "\"Workflow\"")));
        check();
    }

    void listrakSays(ResponseDefinitionBuilder answer) {
        listrak.stubFor(get(urlPathEqualTo(SCHEMA))
                .atPriority(1)
                .withHeader("Authorization", equalTo("Bearer " + token))
                .willReturn(answer));
        listrak.stubFor(get(urlPathEqualTo(SCHEMA))
                .atPriority(2)
                .willReturn(okJson("{}").withStatus(401)));
    }

    static String schema(Map<String, String> fields, String access) {
        String attributes = fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
                .collect(Collectors.joining(","));
        return "{\"data\":{\"eventUID\":\"" + FakeListrakAccount.EVENT_UID
                + "\",\"eventName\":\"Purchase\",\"eventSchemaAttrs\":{" + attributes + "},\"featureAccess\":[" + access
                + "]},\"meta\":{}}";
    }

    JsonPath check() {
        return operator()
                .post("/contract/check")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    JsonPath contract() {
        return operator()
                .get("/status")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("contract");
    }

    /** Posts an order with these properties, given as the inside of a JSON object. */
    static void accept(String properties) {
        caller().body("{\"event\":\"Order Completed\",\"context\":{\"traits\":{\"email\":\"a@example.com\"}},"
                        + "\"properties\":{" + properties + "}}")
                .post("/v1/track")
                .then()
                .statusCode(200);
    }

    double counted(String counter, String reason) {
        return meters.counter(counter, "reason", reason).count();
    }
}
