package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The mapping is checked against Listrak's schema, and differences stop nothing. */
@QuarkusTest
@TestProfile(CheckedByListrak.Checked.class)
@WithTestResource(FakeListrakAccount.class)
class SchemaRouteTest extends CheckedByListrak {

    private LogLines said;

    @BeforeEach
    void listen() {
        said = new LogLines("dev.listrakrelay.listrak.Contracts");
    }

    @AfterEach
    void stopListening() {
        said.close();
    }

    @Test
    void aSchemaThatFitsHasNoFindings() {
        // when
        accept("\"order_id\":\"fits\",\"total\":12.5,\"ordered_at\":\"2026-06-06T12:34:56Z\"");
        awaitNothingPending();

        // then
        assertThat(contract().getList("issues"), empty());
        assertThat(contract().getInt("customEvents[0].fields"), is(FIELDS.size()));
        assertThat(meters.get("listrak.relay.contract.issues").gauge().value(), is(0.0));
        assertThat(said.from(Level.INFO), empty());
    }

    @Test
    void eachFieldShowsWhetherItIsMappedAndWhatIsDiscarded() {
        // when
        accept("\"order_id\":\"told\",\"total\":12.5,\"ordered_at\":\"2026-06-06T12:34:56Z\",\"items\":[1],"
                + "\"colour_of_the_box\":\"red\"");
        awaitNothingPending();

        // then
        String fields = "customEvents[0].fields.find { it.name == '%s' }.%s";
        operator()
                .get("/contract")
                .then()
                .statusCode(200)
                .body("customEvents[0].fields.size()", is(FIELDS.size()))
                .body(fields.formatted("order_id", "state"), is("filled"))
                .body(fields.formatted("order_id", "type"), is("String"))
                .body(fields.formatted("order_id", "lastFilled"), containsString("T"))
                .body("customEvents[0].discarded.find { it.name == 'colour_of_the_box' }.count", is(1))
                .body("process", containsString(":"))
                .body("since", containsString("T"));
        Map<String, String> more = new HashMap<>(FIELDS);
        more.put("colour_of_the_box", "String");
        listrakSays(okJson(schema(more, "\"Workflow\"")));
        assertThat(check().getList("issues"), empty());
    }

    @Test
    void aCustomEventThatListrakDoesNotHaveIsReported() {
        // given
        listrakSays(aResponse().withStatus(404));

        // when
        check();

        // then
        assertThat(contract().getList("issues.reason"), contains("unknown_event"));
        assertThat(contract().getString("issues[0].message"), containsString("check listrak.event-uid"));
        assertThat(meters.get("listrak.relay.contract.issues").gauge().value(), is(1.0));
    }

    @Test
    void anAccountWithoutAccessIsReported() {
        // given
        listrakSays(aResponse().withStatus(403));

        // when
        check();

        // then
        assertThat(contract().getList("issues.reason"), contains("no_access"));
    }

    @Test
    void aCustomEventThatNoJourneyCanUseIsReported() {
        // given
        listrakSays(okJson(schema(FIELDS, "\"Reporting\"")));

        // when
        check();

        // then
        assertThat(contract().getList("issues.reason"), contains("no_workflow"));
    }

    @Test
    void fieldsOfRulesThatTheSchemaDoesNotAcceptAreReportedOnce() {
        // given
        Map<String, String> fields = new HashMap<>(FIELDS);
        fields.remove("revenue");
        fields.remove("event_time");
        fields.put("items", "Int");
        fields.put("ordered_at", "Double");
        listrakSays(okJson(schema(fields, "\"Workflow\"")));

        // when
        check();
        check();

        // then
        assertThat(
                contract().getList("issues.findAll { it.reason == 'unknown_field' }.field"),
                containsInAnyOrder("revenue", "event_time"));
        assertThat(
                contract().getList("issues.findAll { it.reason == 'wrong_type' }.field"),
                containsInAnyOrder("items", "ordered_at"));
        assertThat(said.from(Level.WARNING), hasSize(4));
    }

    @Test
    void fieldsOfEventsThatTheSchemaDoesNotAcceptAreSentCountedAndReportedOnce() {
        // given
        double unknown = counted("listrak.relay.discarded.fields", "unknown_field");
        double wrong = counted("listrak.relay.discarded.fields", "wrong_type");

        // when
        accept("\"order_id\":\"c1\",\"colour\":\"red\",\"revenue\":\"a lot\"");
        accept("\"order_id\":\"c2\",\"colour\":\"blue\"");
        awaitNothingPending();
        check();

        // then
        assertThat(arrived(), contains("c1", "c2"));
        assertThat(json(requests().get(0)).at("/events/0/dataFields/colour").asText(), is("red"));
        assertThat(contract().getList("issues.reason"), containsInAnyOrder("unknown_field", "wrong_type"));
        // a property's name is the caller's data, so it is shown only if the mapping or the schema contains it
        assertThat(contract().getList("issues.field"), containsInAnyOrder(null, "revenue"));
        assertThat(said.from(Level.INFO).toString(), not(containsString("colour")));
        assertThat(contract().prettify(), not(containsString("colour")));
        assertThat(counted("listrak.relay.discarded.fields", "unknown_field") - unknown, is(2.0));
        assertThat(counted("listrak.relay.discarded.fields", "wrong_type") - wrong, is(1.0));
        assertThat(said.from(Level.WARNING), hasSize(2));
        // and nothing is reported when the schema contains the fields
        Map<String, String> fields = new HashMap<>(FIELDS);
        fields.put("colour", "String");
        fields.put("revenue", "String");
        listrakSays(okJson(schema(fields, "\"Workflow\"")));
        assertThat(check().getList("issues"), empty());
    }

    @Test
    void whileListrakIsDownItsLastAnswerCounts() {
        // given
        listrakSays(aResponse().withStatus(500));

        // when
        check();
        accept("\"order_id\":\"away\",\"size\":7");
        awaitNothingPending();

        // then
        assertThat(contract().getString("customEvents[0].lastFailure"), containsString("status 500"));
        assertThat(contract().getList("issues.reason"), contains("unknown_field"));
        assertThat(arrived(), contains("away"));
        Map<String, String> fields = new HashMap<>(FIELDS);
        fields.put("size", "Int");
        listrakSays(okJson(schema(fields, "\"Workflow\"")));
        assertThat(check().getList("issues"), empty());
    }

    @Test
    void explainShowsWhatListrakWouldDiscard() {
        // when
        String discarded = operator()
                .body(
                        "{\"event\":\"Order Completed\",\"type\":\"track\",\"context\":{\"traits\":{\"email\":\"a@b.co\"}},"
                                + "\"properties\":{\"order_id\":\"e\",\"colour\":\"red\"}}")
                .post("/explain")
                .jsonPath()
                .getString("requests[0].discarded");

        // then
        assertThat(discarded, is("[colour]"));
    }
}
