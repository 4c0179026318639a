package dev.listrakrelay.alert;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.listrakrelay.delivery.Attempt;
import dev.listrakrelay.spool.Event;
import dev.listrakrelay.spool.camel.SpoolExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Prepares the request for an alert. In: a batch of one alert. Out: its JSON as the body; headers with the address {@code
 * alerts.url} and with {@code alerts.authorization}. The exchange property {@code alert} holds its fields by name.
 */
@ApplicationScoped
@Named("unwrapAlert")
public class UnwrapAlert implements Processor {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final AlertsConfig config;
    private final Clock clock;

    UnwrapAlert(AlertsConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Event alert = SpoolExchange.batch(exchange).iterator().next();
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(alert.raw());
        exchange.setProperty("alert", JSON.readValue(alert.raw(), FIELDS));
        message.setHeader(Exchange.CONTENT_TYPE, alert.type());
        message.setHeader(Exchange.HTTP_URI, config.url().orElseThrow().toString());
        config.authorization().ifPresent(value -> message.setHeader("Authorization", value));
        Attempt.begin(exchange, AlertsConfig.SPOOL, alert.raw().length, clock.instant());
    }
}
