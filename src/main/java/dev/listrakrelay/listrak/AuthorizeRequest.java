package dev.listrakrelay.listrak;

import dev.listrakrelay.spool.camel.SpoolExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Prepares a request for sending: waits for its turn if the account has a pace, and sets the body, the account's URL and the
 * token. Removes all other headers, so that no event
 * can change where the request goes.
 */
@ApplicationScoped
@Named("authorizeRequest")
public class AuthorizeRequest implements Processor {

    private final Accounts accounts;
    private final Clock clock;

    AuthorizeRequest(Accounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        ListrakRequest request = message.getBody(ListrakRequest.class);
        request.attachTo(exchange);
        Account account = accounts.of(exchange);
        account.destination().awaitTurn(request.deliveries().size(), SpoolExchange.batch(exchange)::isEnding);
        account.destination().permitRequest();
        AccessToken token = account.tokens().current();
        token.attachTo(exchange);
        // without Camel's own redelivery counter, redeliveries would never end
        message.removeHeaders("*", "CamelRedeliver*");
        message.setHeader("Authorization", "Bearer " + token.value());
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setHeader(Exchange.HTTP_URI, account.settings().eventUrl(request.customEvent()));
        message.setBody(request.body());
        request.begin(exchange, account.destination().name(), request.events(), request.body().length, clock.instant());
    }
}
