package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.listrakrelay.spool.Settlement;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dead letter says why its event could not be mapped, without data of the event. */
class UnmappableTest {

    @Test
    void theReasonIsFoundInsideOtherExceptions() {
        // given
        Exception wrapped = new IllegalStateException("part 2", MappingFailed.unreadable("m-1"));

        // when
        Settlement.Dead dead = Unmappable.failed(exchange(wrapped));

        // then
        assertEquals(new Settlement.Dead("mapping_failed", "event m-1: not readable, expected one JSON object"), dead);
    }

    @Test
    void otherFailuresAreReportedByTheirKindInWords() {
        // given
        Exception failure =
                new IllegalStateException("a@example.com", new NumberFormatException("For input string: \"eve\""));

        // when
        Settlement.Dead dead = Unmappable.failed(exchange(failure));

        // then
        assertEquals(new Settlement.Dead("mapping_failed", "a step failed: number format"), dead);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"properties\":{\"email\":\"eve@example.com\"}}"})
    void aFailedStepOfARouteIsReportedWithItsMissingPath(String event) throws Exception {
        // given
        Exchange failed;
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("direct:map")
                            .filter()
                            .jsonpath("$.properties.test", Boolean.class)
                            .stop();
                }
            });
            camel.start();

            // when
            failed = camel.createProducerTemplate()
                    .send("direct:map", e -> e.getMessage().setBody(event));
        }

        // then
        String why = Unmappable.failed(failed).answer();
        assertTrue(why.contains("$['properties']"), why);
        assertFalse(why.contains("Exception") || why.contains("eve@"), why);
    }

    private static Exchange exchange(Exception failure) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setException(failure);
        return exchange;
    }
}
