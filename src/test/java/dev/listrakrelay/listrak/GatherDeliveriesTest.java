package dev.listrakrelay.listrak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.listrakrelay.mapping.MatchedEvent;
import dev.listrakrelay.mapping.MatchedRules;
import dev.listrakrelay.spool.Batch;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.Settlement;
import dev.listrakrelay.spool.camel.SpoolExchange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** A failed or stopped event does not affect the other events of its batch. */
class GatherDeliveriesTest {

    private final GatherDeliveries gather = new GatherDeliveries(null, null);
    private final Event event =
            new Event(1, "m-1", "test", "track", "n", "c", Instant.EPOCH, "{}".getBytes(StandardCharsets.UTF_8));
    private final Batch batch = new Batch(null, 0, List.of(event), e -> 0);
    private final Exchange mapped = mapped();

    @Test
    void anEventWhoseStepFailsIsADeadLetterAndItsBatchContinues() {
        // given
        mapped.setException(new IllegalStateException("what was in the event"));

        // when
        Exchange all = gather.aggregate(null, mapped);

        // then
        assertThat(batch.marked(event), is(new Settlement.Dead("mapping_failed", "a step failed: illegal state")));
        assertThat(all.getException(), nullValue());
        assertThat(all.getMessage().getBody(), is(List.of()));
    }

    @Test
    void anEventThatAStepStopsIsDroppedAndItsBatchContinues() {
        // given
        MatchedEvent.of(mapped).sentBy(new MatchedRules(Collections.singletonList(null), Optional.empty()));
        mapped.setRouteStop(true);

        // when
        Exchange all = gather.aggregate(null, mapped);

        // then
        assertThat(batch.marked(event), is(new Settlement.Dropped("filtered")));
        assertThat(all.isRouteStop(), is(false));
    }

    private Exchange mapped() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        SpoolExchange.set(exchange, batch);
        MatchedEvent.attach(event, exchange);
        exchange.getMessage().setBody(event);
        return exchange;
    }
}
