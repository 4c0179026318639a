package dev.listrakrelay.mapping;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.listrakrelay.spool.Event;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Camel's step {@code transformDataType}, as the route map calls it. */
class TransformEventTest {

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Event event = Events.order("{\"order_id\":\"O-1\"}");

    @BeforeEach
    void start() throws Exception {
        new TransformEvent(FieldCheck.NONE).configure(camel);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:map").transformDataType("listrak:event");
            }
        });
        camel.start();
    }

    @AfterEach
    void close() throws Exception {
        camel.close();
    }

    @Test
    void anEventBecomesTheListrakEventOfItsRule() throws Exception {
        assertThat(transformed(new EventJson(event)), is(Events.json(Events.map(Events.defaultMapping(), event))));
    }

    @Test
    void theJsonThatAStepPutInThePlaceOfTheEventIsTransformed() throws Exception {
        byte[] changed = new String(event.raw(), StandardCharsets.UTF_8)
                .replace("O-1", "O-2")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(transformed(changed), containsString("\"O-2\""));
    }

    private String transformed(Object body) throws Exception {
        Exchange exchange = new DefaultExchange(camel);
        MatchedEvent.attach(event, exchange).sentBy(Events.defaultMapping().match(event));
        exchange.getMessage().setBody(body);
        camel.createProducerTemplate().send("direct:map", exchange);
        return Events.json(exchange.getMessage().getBody(ListrakEvent.class));
    }
}
