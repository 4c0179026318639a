package dev.listrakrelay.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The delivery log has one record of each settled event, written before the outcome counts. */
abstract class DeliveryLogContract extends SpoolFixture {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADA = "ada@example.com";

    private final BiFunction<Path, Spool, List<String>> log;

    /** @param log returns the records that a spool has logged so far, in order */
    DeliveryLogContract(Engine engine, BiFunction<Path, Spool, List<String>> log) {
        super(engine);
        this.log = log;
    }

    private List<JsonNode> logged() {
        return log.apply(dir, spool).stream().map(DeliveryLogContract::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> logged(String... fields) {
        return logged().stream()
                .map(record -> String.join(
                        " ",
                        Stream.of(fields)
                                .map(field -> record.path(field).asText())
                                .toList()))
                .toList();
    }

    private void settle(List<SentRequest> requests, Map<String, Settlement> outcomes) {
        Batch batch = take();
        requests.forEach(batch::sent);
        batch.forEach(event -> {
            if (outcomes.containsKey(event.messageId())) {
                batch.mark(event, outcomes.get(event.messageId()));
            }
        });
        batch.commit();
        spool.release(0);
    }

    @Test
    void aRecordSaysWhoseEventItWasWhereItWentAndWhen() {
        // given
        open(1);
        Instant accepted = clock.instant();
        append(ADA, "order-1");
        clock.advance(Duration.ofSeconds(3));

        // when
        long seq = events(take()).get(0).seq();
        spool.release(0);
        settle(
                List.of(new SentRequest(clock.instant(), "listrak", 200, 57, 310, false, "", List.of(seq))),
                Map.of("order-1", DELIVERED));

        // then
        JsonNode expected = JSON.createObjectNode()
                .put("logId", "events-" + seq + "-" + accepted.toEpochMilli())
                .put("spool", "events")
                .put("seq", seq)
                .put("messageId", "order-1")
                .put("source", "rest")
                .put("type", "track")
                .put("name", "Order Completed")
                .put("contact", ADA)
                .put("destination", "listrak")
                .put("outcome", "delivered")
                .put("reason", "")
                .put("attempts", 0)
                .put("acceptedAt", "2025-11-21T10:00:00Z")
                .put("settledAt", "2025-11-21T10:00:03Z");
        assertEquals(
                List.of(expected.toString()),
                logged().stream().map(JsonNode::toString).toList());
    }

    @Test
    void eachOutcomeHasItsReasonAndARetryIsNone() {
        // given
        open(1);
        append(event("a", "1"), event("b", "2"), event("c", "3"), event("d", "4"), event("e", "5"));

        // when
        settle(List.of(), Map.of("1", DELIVERED, "2", new Settlement.Dropped("no_rule")));
        settle(
                List.of(),
                Map.of(
                        "3",
                        new Settlement.Dead("rejected", "400 of b@example.com"),
                        "4",
                        new Settlement.Forwarded("listrak"),
                        "5",
                        retryIn(Duration.ofSeconds(10))));

        // then
        assertEquals(
                List.of("1 delivered ", "2 dropped no_rule", "3 dead rejected", "4 forwarded listrak"),
                logged("messageId", "outcome", "reason").stream().sorted().toList());
    }

    @Test
    void anEventThatWasRetriedHasARecordWhenItIsDoneWithItsAttempts() {
        // given
        open(1);
        append("a", "1");
        settle(List.of(), Map.of("1", retryIn(Duration.ofSeconds(10))));
        clock.advance(Duration.ofSeconds(11));
        settle(List.of(), Map.of("1", retryIn(Duration.ofSeconds(10))));
        clock.advance(Duration.ofSeconds(11));

        // when
        settle(List.of(), Map.of("1", DELIVERED));

        // then
        assertEquals(List.of("delivered 2"), logged("outcome", "attempts"));
    }

    @Test
    void recordsAreThereAfterReopening() {
        // given
        open(1);
        append("a", "1", "2");
        settle(List.of(), Map.of("1", DELIVERED));

        // when
        reopen(1);
        settle(List.of(), Map.of("2", DELIVERED));

        // then
        assertEquals(List.of("1", "2"), logged("messageId"));
    }

    @Test
    void aReplayedDeadLetterHasARecordForTheReplayAndForItsNewOutcome() {
        // given
        open(1);
        append("a", "1");
        settle(List.of(), Map.of("1", new Settlement.Dead("rejected", "")));

        // when
        spool.deadLetters().replay(Search.ALL).toCompletableFuture().join();
        settle(List.of(), Map.of("1", DELIVERED));

        // then
        assertEquals(
                List.of("1 dead rejected", "1 replayed rejected", "1 delivered "),
                logged("messageId", "outcome", "reason"));
        List<String> ids = logged("logId");
        assertEquals(ids.get(0) + "-replayed", ids.get(1));
        assertEquals(3, ids.stream().distinct().count());
    }

    @Test
    void anEventWithoutAContactHasNoneInItsRecord() {
        // given
        open(1);
        append("1", "1");

        // when
        settle(List.of(), Map.of("1", DELIVERED));

        // then
        assertEquals(List.of("1 "), logged("messageId", "contact"));
    }

    @Test
    void aForgottenEventIsDroppedWithoutSayingWhoseItWas() {
        // given
        open(1);
        append(event(ADA, "ada-1"), event("ben@example.com", "ben-1"));
        Batch delivered = take();
        append(event(ADA, "ada-2"));

        // when the contact is forgotten while a request is under way
        spool.forget(ADA);
        settle(delivered, DELIVERED, "ada-1", "ben-1");
        spool.release(0);
        deliverAll();

        // then
        assertEquals(
                List.of(" delivered", " dropped", "ben@example.com delivered"),
                logged("contact", "outcome").stream().sorted().toList());
        assertTrue(logged().stream().noneMatch(record -> record.toString().contains("ada")));
    }
}
