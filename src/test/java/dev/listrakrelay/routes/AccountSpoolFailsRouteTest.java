package dev.listrakrelay.routes;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.listrakrelay.spool.Spool;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can't be written to an account's spool is not settled in the first. */
@QuarkusTest
@TestProfile(AccountSpoolFailsRouteTest.OneLane.class)
@WithTestResource(FakeListrakAccount.class)
class AccountSpoolFailsRouteTest extends ThroughTheDoors {

    public static class OneLane extends AccountsRouteTest.TwoAccounts {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("spool.lanes", "1");
            return settings;
        }
    }

    @Test
    void itStaysAndIsSortedAgainAndWhatTheOtherAccountHasIsNotPutThereTwice() {
        // given
        spools.named("listrak-eu").close();

        // when
        caller().body("[" + order("a@example.com", "us").replace("\"order_id\"", "\"region\":\"us\",\"order_id\"") + ","
                        + order("b@example.com", "eu").replace("\"order_id\"", "\"region\":\"eu\",\"order_id\"") + "]")
                .post("/v1/events")
                .then()
                .statusCode(200);
        await().atMost(BOUND).until(() -> tally("retried", "") >= 4);
        await().atMost(BOUND).until(() -> spools.named("listrak").pending() == 0);

        // then
        assertThat(spool().pending(), is(2L));
        assertThat(arrived(), contains("us"));
        assertThat(spools.named("listrak").tally().get(new Spool.Outcome("accepted", "")), is(1L));
    }
}
