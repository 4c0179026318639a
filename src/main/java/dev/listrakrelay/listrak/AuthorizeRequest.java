package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.Destination;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes a request ready to send: its body, its token, and no header but ours, so that nothing a message carries can
 * choose where it goes.
 */
@ApplicationScoped
@Named("authorizeRequest")
public class AuthorizeRequest implements Processor {

    static final String TOKEN = "listrakToken";

    private final Tokens tokens;
    private final Destination destination;

    AuthorizeRequest(Tokens tokens, Destination destination) {
        this.tokens = tokens;
        this.destination = destination;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        ListrakRequest request = message.getBody(ListrakRequest.class);
        request.attachTo(exchange);
        destination.takeLeaveToSend();
        AccessToken token = tokens.current();
        exchange.setProperty(TOKEN, token.value());
        // but Camel's own count of redeliveries: without it they would never end
        message.removeHeaders("*", "CamelRedeliver*");
        message.setHeader("Authorization", "Bearer " + token.value());
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(request.body());
    }
}
