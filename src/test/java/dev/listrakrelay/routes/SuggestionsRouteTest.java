package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lines of the mapping are suggested from Listrak's fields and kept events; names are shown, values never. */
@QuarkusTest
@TestProfile(CheckedByListrak.Checked.class)
@WithTestResource(FakeListrakAccount.class)
class SuggestionsRouteTest extends CheckedByListrak {

    private static final String DRAFT =
            """
            contact: {email: [$.context.traits.email]}
            events:
              - when: {type: track, event: %s}
                event_name: purchase
            """;

    @Test
    void theLinesFillTheFieldsOfKeptEvents() {
        // given
        accept("Order Suggested", "\"orderId\":\"secret-1\",\"cart\":{\"Revenue\":\"12.50\"},\"colour\":\"red\"");
        accept("Order Suggested", "\"orderId\":\"secret-2\"");
        awaitNothingPending();

        // when
        JsonPath answer = suggested(Map.of("mapping", DRAFT.formatted("Order Suggested"), "file", "shop.yaml"));

        // then
        assertThat(answer.getList("mistakes"), hasSize(0));
        assertThat(answer.getString("diff"), startsWith("--- shop.yaml\n+++ shop.yaml\n@@ -2,3 +2,10 @@\n"));
        assertThat(answer.getString("diff"), containsString("\n+        orderId: order_id\n"));
        assertThat(answer.getInt("looked"), greaterThan(1));
        assertThat(answer.getInt("perName"), is(500));
        assertThat(answer.getBoolean("kept.complete"), is(true));
        String rename = "suggestions.find { it.kind == 'rename' && it.field == 'order_id' }.";
        assertThat(answer.getString(rename + "rule"), is("events[0]"));
        assertThat(answer.getString(rename + "place"), is("events[0].fields.rename"));
        assertThat(answer.getString(rename + "line"), is("orderId: order_id"));
        assertThat(answer.getBoolean(rename + "inDiff"), is(true));
        assertThat(answer.getInt(rename + "count"), is(2));
        assertThat(answer.getInt(rename + "of"), is(2));
        assertThat(answer.getList("suggestions.kind"), hasItems("convert", "never_filled", "always_discarded"));
        assertThat(answer.getInt("customEvents[0].fields"), is(FIELDS.size()));
        assertThat(answer.prettify(), not(containsString("secret")));
        assertThat(answer.prettify(), not(containsString("red\"")));
        // and the draft with the lines fills them
        String filled = "changes.changed.samples.flatten().after.events.flatten().dataFields"
                + ".find { it?.order_id == 'secret-1' }.%s";
        operator()
                .body(Map.of("mapping", answer.getString("mapping"), "hours", 1))
                .post("/mapping/try")
                .then()
                .statusCode(200)
                .body("mistakes", hasSize(0))
                .body(filled.formatted("revenue"), is(12.5f))
                .body(filled.formatted("event_name"), is("purchase"));
    }

    @Test
    void withoutListraksFieldsTheAnswerSaysSoAndListsWhatEventsAloneShow() {
        // given
        listrakSays(aResponse().withStatus(403));
        accept("Order Unknown", "\"orderId\":\"1\",\"internal\":\"x\"");
        awaitNothingPending();
        String draft = DRAFT.formatted("Order Unknown")
                + "    event_uid: 99999999-2222-4333-8444-555555555555\n    fields: {except: [internal]}\n";

        // when
        JsonPath answer = suggested(Map.of("mapping", draft, "hours", "1"));

        // then
        assertThat(answer.getMap("customEvents[0]").keySet(), is(Set.of("customEvent")));
        assertThat(answer.getString("diff"), is(""));
        assertThat(answer.getString("mapping"), is(draft));
        assertThat(answer.getList("suggestions.field"), is(List.of("internal")));
    }

    @Test
    void theActiveMappingGetsSuggestionsAndWrongQuestionsAreRefused() {
        marketer()
                .get("/mapping/suggestions?hours=1")
                .then()
                .statusCode(200)
                .body("mapping", startsWith("# Fields of every kind"))
                .body("process", containsString(":"));
        operator()
                .get("/mapping/suggestions?hours=0")
                .then()
                .statusCode(400)
                .body("error", startsWith("hours: expected a whole number"));
        operator()
                .get("/mapping/suggestions?day=1")
                .then()
                .statusCode(400)
                .body("error", is("parameters: expected the keys mapping, file, hours, found day"));
        operator()
                .body(Map.of("file", "a\n+++ b"))
                .post("/mapping/suggestions")
                .then()
                .statusCode(400)
                .body("error", startsWith("file: expected a file name"));
        assertThat(suggested(Map.of("mapping", "evnts: []")).getList("mistakes.file"), hasItem("mapping"));
    }

    private JsonPath suggested(Map<String, String> question) {
        return operator()
                .body(question)
                .post("/mapping/suggestions")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void accept(String name, String properties) {
        caller().body("{\"event\":\"" + name + "\",\"context\":{\"traits\":{\"email\":\"a@example.com\"}},"
                        + "\"properties\":{" + properties + "}}")
                .post("/v1/track")
                .then()
                .statusCode(200);
    }
}
