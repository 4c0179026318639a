package dev.listrakrelay.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.SpoolUnavailable;
import dev.listrakrelay.spool.TestClock;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The status and body that a caller gets for its events. */
class IntakeAnswerTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @BeforeEach
    void comesWithHeadersOfTheCaller() {
        exchange.getMessage().setHeader("Authorization", "Bearer web-key");
        exchange.getMessage().setHeader("Retry-After", "1");
        exchange.getMessage().setBody("a payload");
    }

    @Test
    void theAnswerCountsStoredEventsAndNamesTheOthers() throws Exception {
        // given
        taken(Posted.batch(Posted.PAGE, "{}", Posted.PAGE));

        // when
        answer();

        // then
        assertAnswer(
                202,
                "{\"accepted\":2,\"rejected\":[{\"index\":1,\"reason\":\"type: missing, expected one of track, page,"
                        + " screen, identify, group, alias\"}]}");
        assertNull(exchange.getMessage().getHeader("Authorization"));
        assertNull(exchange.getMessage().getHeader("Retry-After"));
    }

    @Test
    void aRequestWithoutAValidEventIsBad() throws Exception {
        // given
        taken(Posted.batch("7", Posted.pageOf(40_000)));
        failed(UnreadableRequest.nothingValid());

        // when
        answer();

        // then
        assertAnswer(
                400,
                "{\"accepted\":0,\"rejected\":[{\"index\":0,\"reason\":\"event: expected an object, found a number\"},{\"index\":1,"
                        + "\"reason\":\"event: too large, expected at most 32768 bytes, found 40000\"}],"
                        + "\"error\":\"body: no valid event, see rejected for the reasons\",\"code\":\"invalid_request\","
                        + "\"message\":\"body: no valid event, see rejected for the reasons\"}");
    }

    @Test
    void aRequestThatIsOnlyTooLargeIsTooLarge() throws Exception {
        // given
        taken(Posted.batch(Posted.pageOf(40_000)));
        failed(UnreadableRequest.nothingValid());

        // when
        answer();

        // then
        assertEquals(413, exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE));
    }

    @Test
    void anUnreadableBodyIsAnsweredWithItsReason() throws Exception {
        // given
        failed(UnreadableRequest.tooLarge("body: too large, expected at most 512000 bytes, found 512001"));

        // when
        answer();

        // then
        assertAnswer(
                413,
                "{\"accepted\":0,\"rejected\":[],\"error\":\"body: too large, expected at most 512000 bytes, found 512001\","
                        + "\"code\":\"too_large\",\"message\":\"body: too large, expected at most 512000 bytes, found 512001\"}");
    }

    @Test
    void anUnknownCallerIsAnswered401AndAnUnknownCall404() throws Exception {
        // when
        failed(UnreadableRequest.unauthorized());
        answer();
        Object unauthorized = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE);
        String told = new String((byte[]) exchange.getMessage().getBody(), StandardCharsets.UTF_8);
        failed(UnreadableRequest.unknownCall());
        answer();

        // then
        assertEquals(401, unauthorized);
        assertTrue(told.contains("\"code\":\"unauthorized\",\"message\":\"write key: missing or unknown"), told);
        assertEquals(404, exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE));
    }

    @Test
    void whatCouldNotBeStoredIsNotAcceptedAndMayBeSentAgain() throws Exception {
        // given
        taken(Posted.batch(Posted.PAGE));
        failed(new SpoolUnavailable("spool events: not written, /var/secret/place is full", null));

        // when
        answer();

        // then
        assertAnswer(
                503,
                "{\"accepted\":0,\"rejected\":[],\"error\":\"spool: events not stored, try again in 5 s\",\"code\":\"unavailable\","
                        + "\"message\":\"spool: events not stored, try again in 5 s\"}");
        assertEquals("5", exchange.getMessage().getHeader("Retry-After"));
    }

    @Test
    void aCallerThatMustWaitLearnsHowLong() throws Exception {
        // given
        failed(new RateExceeded("write key 2", 100, 7));

        // when
        answer();

        // then
        assertAnswer(
                429,
                "{\"accepted\":0,\"rejected\":[],\"error\":\"write key: too many events, expected at most 100 a second, try"
                        + " again in 7 s\",\"code\":\"rate_limited\",\"message\":\"write key: too many events, expected at"
                        + " most 100 a second, try again in 7 s\"}");
        assertEquals("7", exchange.getMessage().getHeader("Retry-After"));
    }

    private void taken(IntakeResult intake) {
        Intake.of(exchange).with(intake).attachTo(exchange);
    }

    private void failed(Exception failure) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
    }

    private void answer() throws Exception {
        new IntakeAnswer(new TestClock()).process(exchange);
    }

    private void assertAnswer(int status, String body) {
        assertEquals(status, exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE));
        assertEquals("application/json", exchange.getMessage().getHeader(Exchange.CONTENT_TYPE));
        assertEquals(body, new String((byte[]) exchange.getMessage().getBody(), StandardCharsets.UTF_8));
    }
}
