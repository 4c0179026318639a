package dev.listrakrelay.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.listrakrelay.spool.Settlement;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** A dead letter tells why its event could not be mapped, and nothing of what was in it. */
class UnmappableTest {

    @Test
    void itTellsWhyWhateverItIsWrappedIn() {
        // given
        Exception wrapped = new IllegalStateException("part 2", MappingFailed.unreadable("m-1"));

        // when
        Settlement.Dead dead = Unmappable.failed(exchange(wrapped));

        // then
        assertEquals(new Settlement.Dead("mapping_failed", "event m-1: not readable, expected one JSON object"), dead);
    }

    @Test
    void ofAnythingElseItTellsTheKindAlone() {
        // given
        Exception failure = new IllegalStateException("a@example.com");

        // when
        Settlement.Dead dead = Unmappable.failed(exchange(failure));

        // then
        assertEquals(new Settlement.Dead("mapping_failed", "java.lang.IllegalStateException"), dead);
    }

    private static Exchange exchange(Exception failure) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setException(failure);
        return exchange;
    }
}
