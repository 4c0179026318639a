package dev.listrakrelay.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;

/**
 * Base of the tests of guarantees, Outcomes: one lane, a short deadline, a mapping with split rules, and a query for
 * dead letters.
 */
abstract class Outcomes extends ThroughTheDoors {

    /** A dead letter of this test. */
    record Dead(String orderId, String reason, String answer) {}

    public static class OneLane implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "spool.lanes", "1",
                    "listrak.deadline", "2s",
                    "mapping.file", "src/test/resources/routes/splitting.mapping.yaml");
        }
    }

    @Inject
    MeterRegistry meters;

    @ConfigProperty(name = "spool.dir")
    String spoolDir;

    private long diedBefore;

    @BeforeEach
    void startFromHere() {
        diedBefore = rows("SELECT coalesce(max(seq), 0), '', '' FROM dead WHERE 0 < ?", 1).stream()
                .mapToLong(row -> Long.parseLong(row.orderId()))
                .sum();
    }

    /** Posts these orders in one request, so that they are stored in one transaction. Each has its own contact. */
    static void accept(Stream<String> orderIds) {
        String batch = orderIds.map(id -> order(id + "@example.com", id)).collect(Collectors.joining(",", "[", "]"));
        caller().body(batch).post("/v1/events").then().statusCode(200).body("rejected.size()", is(0));
    }

    static void accept(String... orderIds) {
        accept(Stream.of(orderIds));
    }

    /** Gives event requests with this test's token this answer from now on. */
    StubMapping listrakAnswers(ResponseDefinitionBuilder answer) {
        return listrak.stubFor(eventRequest().willReturn(answer));
    }

    MappingBuilder eventRequest() {
        return post(urlPathEqualTo(eventPath())).atPriority(1).withHeader("Authorization", equalTo("Bearer " + token));
    }

    /** The dead letters since the test began, in order. */
    List<Dead> dead() {
        return rows(
                "SELECT json_extract(CAST(raw AS TEXT), '$.properties.order_id'), reason, answer FROM dead"
                        + " WHERE seq > ? ORDER BY seq",
                diedBefore);
    }

    /** Queries a copy, because a second SQLite connection to the file would release the relay's locks. */
    private List<Dead> rows(String sql, long after) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + copyOfSpool());
                var query = connection.prepareStatement(sql)) {
            query.setLong(1, after);
            List<Dead> rows = new ArrayList<>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    rows.add(new Dead(row.getString(1), row.getString(2), row.getString(3)));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private Path copyOfSpool() {
        try {
            Path copy = Files.createTempDirectory("relay-dead");
            for (String file : List.of("events.db", "events.db-wal")) {
                Files.copy(Path.of(spoolDir, file), copy.resolve(file));
            }
            return copy.resolve("events.db");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double ambiguous() {
        return meters.counter("listrak.relay.ambiguous", "destination", "listrak")
                .count();
    }

    boolean isParked() {
        return meters.get("listrak.relay.parked")
                        .tag("destination", "listrak")
                        .gauge()
                        .value()
                == 1;
    }

    void awaitRequests(int atLeast) {
        await().atMost(BOUND).until(() -> requests().size() >= atLeast);
    }
}
