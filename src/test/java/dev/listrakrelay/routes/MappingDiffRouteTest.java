package dev.listrakrelay.routes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two mappings are compared on the events of the last hours, and nothing is sent or stored. */
@QuarkusTest
@WithTestResource(FakeListrakAccount.class)
class MappingDiffRouteTest extends ThroughTheDoors {

    private static final String OLD =
            """
            contact: {email: [$.context.traits.email]}
            events:
              - when: {type: track, event: Order Completed}
                event_name: order
            """;
    private static final String NEW =
            """
            contact: {email: [$.context.traits.email]}
            events:
              - when: {type: track, event: Order Completed}
                event_name: order
              - when: {type: track, event: Product Compared}
                event_name: compared
            """;

    @Test
    void everyChangedOutcomeIsListedWithItsRules() {
        // given
        accept(order("diff@example.com", "diff").replace("Order Completed", "Product Compared"));
        accept(order("diff@example.com", "diff-2"));
        awaitNothingPending();
        int arrived = arrived().size();

        // when
        ValidatableResponse diff = operator()
                .body(Map.of("old", OLD, "mapping", NEW, "hours", 1))
                .post("/mapping/try")
                .then();

        // then
        String group = "changes.changed.find { it.to == 'sent compared' }";
        diff.statusCode(200)
                .body("mistakes", hasSize(0))
                .body("changes.looked", greaterThan(1))
                .body("changes.changed", hasSize(1))
                .body(group + ".from", is("dropped no_rule"))
                .body(group + ".fromRule", is(""))
                .body(group + ".toRule", is("events[1]"))
                .body(group + ".count", is(1))
                .body(group + ".samples[0].name", is("Product Compared"))
                .body("changes.kept.complete", is(true))
                .body("changes.kept.events", is(diff.extract().<Integer>path("changes.looked")))
                .body("changes.since", notNullValue())
                .body("changes.next", nullValue());
        awaitNothingPending();
        assertThat(arrived(), hasSize(arrived));
    }

    @Test
    void mistakesOfBothMappingsAreReported() {
        operator()
                .body(Map.of("old", "evnts: []", "mapping", "preset: shop", "hours", 1))
                .post("/mapping/try")
                .then()
                .statusCode(200)
                .body("mistakes.file", hasItems("old", "mapping"))
                .body("changes", nullValue());
    }

    @Test
    void wrongHoursAreRefused() {
        operator()
                .body(Map.of("mapping", NEW, "hours", 0))
                .post("/mapping/try")
                .then()
                .statusCode(400)
                .body("error", startsWith("hours: expected a whole number"));
        operator()
                .body(Map.of("mapping", NEW, "hours", 1, "since", "now"))
                .post("/mapping/try")
                .then()
                .statusCode(400)
                .body("error", startsWith("since: expected a time"));
    }

    private static void accept(String event) {
        caller().body("[" + event + "]")
                .post("/v1/events")
                .then()
                .statusCode(200)
                .body("rejected", hasSize(0));
    }
}
