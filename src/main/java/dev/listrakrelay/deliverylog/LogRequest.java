package dev.listrakrelay.deliverylog;

import dev.listrakrelay.spool.DeliveryLogConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Sets the address and the headers of a request with records of the delivery log. */
@ApplicationScoped
@Named("logRequest")
public class LogRequest implements Processor {

    private final DeliveryLogConfig config;

    LogRequest(DeliveryLogConfig config) {
        this.config = config;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_URI, config.url().orElseThrow().toString());
        message.setHeader(Exchange.CONTENT_TYPE, "application/x-ndjson");
        config.token().ifPresent(token -> message.setHeader("Authorization", "Bearer " + token));
    }
}
