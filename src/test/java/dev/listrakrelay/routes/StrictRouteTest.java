package dev.listrakrelay.routes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With {@code listrak.strict}, fields that the custom event doesn't accept are not sent. */
@QuarkusTest
@TestProfile(ColdLanesRouteTest.HundredLanes.class)
@WithTestResource(FakeListrakAccount.class)
class StrictRouteTest extends CheckedByListrak {

    @Override
    String eventPath() {
        return ColdLanesRouteTest.EVENT_OF_STYLE;
    }

    @Test
    void aFieldThatTheSchemaDoesNotHaveOrCannotReadIsNotSentAndCounted() {
        // given
        double unknown = counted("listrak.relay.dropped.fields", "unknown_field");
        double wrong = counted("listrak.relay.dropped.fields", "wrong_type");

        // when
        accept("\"order_id\":\"s1\",\"colour\":\"red\",\"revenue\":\"a lot\",\"ordered_at\":\"2026-06-06T12:34:56Z\"");
        awaitNothingPending();

        // then
        JsonNode sent = json(requests().get(0)).at("/events/0/dataFields");
        List<String> names = new ArrayList<>();
        sent.fieldNames().forEachRemaining(names::add);
        assertThat(names, containsInAnyOrder("event_name", "event_time", "order_id", "ordered_at", "channel", "items"));
        assertThat(counted("listrak.relay.dropped.fields", "unknown_field") - unknown, is(1.0));
        assertThat(counted("listrak.relay.dropped.fields", "wrong_type") - wrong, is(1.0));
    }

    @Test
    void explainShowsWhatIsSentWithoutThem() {
        // when
        String body = operator()
                .body(
                        "{\"event\":\"Order Completed\",\"type\":\"track\",\"context\":{\"traits\":{\"email\":\"a@b.co\"}},"
                                + "\"properties\":{\"order_id\":\"e\",\"colour\":\"red\"}}")
                .post("/explain")
                .jsonPath()
                .getString("requests[0].body");

        // then
        assertThat(body, not(containsString("colour")));
    }
}
