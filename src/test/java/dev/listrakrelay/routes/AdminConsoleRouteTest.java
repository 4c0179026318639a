package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page's requests beside the search for events: groups of dropped and dead events, drafts of the mapping, settings.
 */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class AdminConsoleRouteTest extends ThroughTheDoors {

    private static final String DRAFT =
            """
            contact: {email: [$.context.traits.email, $.traits.email]}
            events:
              - when: {type: track, event: Order Completed}
                event_name: bought
              - when: {type: screen}
                event_name: seen
            """;

    @Test
    void anEventIsFoundByItsOrderNumber() {
        // given
        accept(order("numbered@example.com", "B-1001"));
        accept(order("numbered@example.com", "B-10011"));
        awaitNothingPending();

        // when
        ValidatableResponse found =
                operator().queryParam("order", "B-1001").get("/events").then();

        // then
        found.statusCode(200)
                .body("events", hasSize(1))
                .body("events[0].contact", is("numbered@example.com"))
                .body("events[0].outcome", is("delivered"));
        operator()
                .body("{\"order\":\"B-10011\",\"contact\":\"numbered@example.com\"}")
                .post("/events/search")
                .then()
                .body("events", hasSize(1));
        operator().queryParam("order", "B-1002").get("/events").then().body("events", hasSize(0));
        operator().queryParam("order", "B-1001").get("/dead-letters").then().statusCode(400);
    }

    @Test
    void droppedEventsAreGroupedByReasonAndName() {
        // given
        for (int i = 0; i < 7; i++) {
            accept("{\"type\":\"track\",\"event\":\"Nobody Wants This\",\"userId\":\"dropped-" + i + "\"}");
        }
        awaitNothingPending();

        // when
        ValidatableResponse dropped = operator().get("/dropped").then();

        // then
        String group = "groups.find { it.name == 'Nobody Wants This' }";
        dropped.statusCode(200)
                .body(group + ".reason", is("no_rule"))
                .body(group + ".spool", is("events"))
                .body(group + ".count", is(7))
                .body(group + ".seqs", hasSize(5))
                .body("complete", is(true))
                .body("looked", greaterThan(6));
        operator().get("/dropped?minutes=0").then().statusCode(400);
    }

    @Test
    void deadLettersOfOneKindAreOneGroup() {
        // given
        listrak.stubFor(post(urlPathEqualTo(eventPath()))
                .atPriority(1)
                .withRequestBody(containing("grouped-"))
                .willReturn(aResponse()
                        .withStatus(400)
                        .withBody("{\"message\":\"total of {{jsonPath}} \\\"12\\\" is no number\"}")));
        accept(order("grouped-1@example.com", "grouped-1"));
        accept(order("grouped-2@example.com", "grouped-2"));
        awaitNothingPending();

        // when
        ValidatableResponse groups = operator().get("/dead-letters/groups").then();

        // then
        String group = "groups.find { it.answer.startsWith('total of') }";
        groups.statusCode(200)
                .body(group + ".count", is(2))
                .body(group + ".reason", is("rejected"))
                .body(group + ".answer", is("total of {{jsonPath}} … is no number"))
                .body(group + ".seqs", hasSize(2))
                .body("total", is(groups.extract().<Integer>path("looked")));
    }

    @Test
    void theMappingInForceIsShownAsItIsWritten() {
        operator()
                .get("/mapping")
                .then()
                .statusCode(200)
                .body("file", is("routes/mappings/listrak.mapping.yaml"))
                .body("text", containsString("events:"))
                .body("hash", matchesPattern("[0-9a-f]{12}"))
                .body("since", notNullValue())
                .body("cases", containsString("case: a completed order is a purchase"))
                .body("refused", nullValue());
    }

    @Test
    void aDraftIsTriedWithoutTouchingWhatIsInForce() {
        // given
        accept(order("drafted@example.com", "drafted"));
        accept(
                "{\"type\":\"screen\",\"name\":\"Cart\",\"traits\":{\"email\":\"drafted@example.com\"},\"userId\":\"d-1\"}");
        awaitNothingPending();
        int arrived = arrived().size();
        String before = operator().get("/mapping").path("hash");
        ObjectNode draft = new ObjectMapper()
                .createObjectNode()
                .put("mapping", DRAFT)
                .put("cases", "- case: a page\n  given: {type: page}\n  dropped: no_rule\n")
                .put("events", 10_000);
        draft.putObject("event").put("type", "screen").putObject("traits").put("email", "drafted@example.com");

        // when
        ValidatableResponse tried =
                operator().body(draft.toString()).post("/mapping/try").then();

        // then
        tried.statusCode(200)
                .body("mistakes", hasSize(0))
                .body("explanation.outcome", is("sent"))
                .body("explanation.rules[1].verdict", is("matches"))
                .body("cases.passed", is(1))
                .body("changes.looked", greaterThan(1))
                .body("changes.changed.from", hasItems("sent purchase", "dropped no_rule"))
                .body("changes.changed.find { it.from == 'sent purchase' }.to", is("sent bought"))
                .body("changes.changed.find { it.to == 'sent seen' }.samples[0].before.reason", is("no_rule"))
                .body(
                        "changes.changed.find { it.to == 'sent seen' }.samples[0].after.events[0].dataFields.event_name",
                        is("seen"));
        awaitNothingPending();
        assertThat(arrived(), hasSize(arrived));
        operator().get("/mapping").then().body("hash", is(before));
        marketer()
                .body(draft.toString())
                .post("/mapping/try")
                .then()
                .statusCode(200)
                .body(not(containsString("drafted@")));
    }

    @Test
    void theReadTokenGuessesNoAddressByADraft() {
        // given
        accept(order("guessed@example.com", "guessed"));
        awaitNothingPending();
        Map<String, Object> draft = Map.of(
                "events",
                10_000,
                "mapping",
                """
                contact: {email: [$.context.traits.email]}
                events:
                  - when: {type: track, where: {path: $.context.traits.email, is: guessed@example.com}}
                    event_name: found
                  - when: {type: track, event: Order Completed}
                    event_name: purchase
                """);

        // when
        ValidatableResponse tried = marketer().body(draft).post("/mapping/try").then();

        // then
        tried.statusCode(200)
                .body("changes.looked", greaterThan(0))
                .body("changes.changed.to", not(hasItems("sent found")));
        operator().body(draft).post("/mapping/try").then().body("changes.changed.to", hasItems("sent found"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                        | body: expected an object with mapping",
                "[]                                        | body: expected an object with mapping",
                "{\"mapping\":1}                           | mapping: expected a string",
                "{\"mapping\":\"\",\"evnts\":1}            | body: expected the keys mapping, cases, event, events",
                "{\"mapping\":\"\",\"events\":10001}       | events: expected a whole number from 1 to 10000",
            })
    void aDraftThatIsNotUnderstoodIsRefused(String body, String error) {
        operator().body(body).post("/mapping/try").then().statusCode(400).body("error", startsWith(error));
    }

    @Test
    void aDraftMayBeLargeAndItsMistakesHaveLines() {
        // given
        String mapping = "# " + "x".repeat(400_000) + "\\nevnts: []\\n";

        // when
        ValidatableResponse tried = operator()
                .body("{\"mapping\":\"" + mapping + "\",\"events\":10}")
                .post("/mapping/try")
                .then();

        // then
        tried.statusCode(200)
                .body("mistakes[0].line", is(2))
                .body("mistakes[0].message", startsWith("evnts: unknown key"))
                .body("changes", nullValue());
        operator()
                .body("{\"mapping\":\"" + "x".repeat(1_100_000) + "\"}")
                .post("/mapping/try")
                .then()
                .statusCode(413);
    }

    @Test
    void anEventBecomesACaseUnderPseudonyms() {
        // given
        accept(order("case@shop.example.org", "C-4711"));
        awaitNothingPending();
        String seq = operator()
                .queryParam("order", "C-4711")
                .get("/events")
                .path("events[0].seq")
                .toString();

        // when
        String yaml = operator()
                .post("/events/" + seq + "/case")
                .then()
                .statusCode(200)
                .extract()
                .path("yaml");

        // then
        assertThat(yaml, containsString("user1@example.com"));
        assertThat(yaml, not(containsString("shop.example.org")));
        assertThat(yaml, not(containsString("4711")));
        Map<String, String> file = Map.of("mapping", operator().get("/mapping").path("text"), "cases", yaml);
        operator()
                .body(file)
                .post("/mapping/try")
                .then()
                .body("cases.passed", is(1))
                .body("cases.failed", hasSize(0));
        operator().post("/events/999999999/case").then().statusCode(404);
    }

    @Test
    void settingsAreShownWithWhereTheyComeFromAndNoSecret() {
        // when
        ValidatableResponse shown = operator().get("/settings").then();

        // then
        shown.statusCode(200)
                .body("settings.find { it.key == 'spool.engine' }.value", is("sqlite"))
                .body("settings.find { it.key == 'spool.engine' }.from", is("application.properties"))
                .body("settings.find { it.key == 'admin.token' }.value", is("••••"))
                .body("settings.find { it.key == 'admin.token' }.secret", is(true))
                .body("settings.find { it.key == 'source.kafka.password' }.value", nullValue())
                .body("settings.find { it.key == 'quarkus.management.port' }.value", notNullValue())
                .body("settings.findAll { it.secret && it.value != null }.value", everyItem(is("••••")))
                .body("versions.camel", startsWith("4."))
                .body("versions.quarkus", startsWith("3."))
                .body("versions.sqlite", startsWith("3."))
                .body("health.status", hasItems("UP"))
                .body(not(containsString(FakeListrakAccount.ADMIN_TOKEN)))
                .body(not(containsString(FakeListrakAccount.WRITE_KEY)))
                .body(not(containsString(FakeListrakAccount.CLIENT_SECRET)));
        marketer().get("/settings").then().statusCode(200);
    }

    @Test
    void withoutWebhooksThereAreNone() {
        operator().get("/webhooks").then().statusCode(200).body("webhooks", hasSize(0));
        operator().post("/webhooks/orders/test").then().statusCode(404);
        marketer().post("/webhooks/orders/test").then().statusCode(403);
        operator()
                .get("/contract")
                .then()
                .statusCode(200)
                .body("since", notNullValue())
                .body("issues", hasSize(0));
    }

    private static void accept(String event) {
        caller().body("[" + event + "]")
                .post("/v1/events")
                .then()
                .statusCode(200)
                .body("rejected", hasSize(0));
    }
}
