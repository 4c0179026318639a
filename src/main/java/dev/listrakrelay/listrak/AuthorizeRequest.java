package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.Destination;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes a request ready to send: its body, its token, the path of its custom event, and no header but ours, so that
 * nothing a message carries can choose where it goes.
 */
@ApplicationScoped
@Named("authorizeRequest")
public class AuthorizeRequest implements Processor {

    static final String TOKEN = "listrakToken";

    private final Tokens tokens;
    private final Destination destination;
    private final ListrakConfig config;

    AuthorizeRequest(Tokens tokens, Destination destination, ListrakConfig config) {
        this.tokens = tokens;
        this.destination = destination;
        this.config = config;
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
        String eventUid =
                request.customEvent().eventUid().orElseGet(config::eventUid).toString();
        config.requestStyle().path(eventUid).ifPresent(path -> message.setHeader(Exchange.HTTP_PATH, path));
        message.setBody(request.body());
    }
}
