package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.DeliveryFailure;
import dev.listrakrelay.delivery.HttpAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Reads Listrak's answer about a custom event. 2xx, 403 and 404 are answers about it; any other status is a failure. */
@ApplicationScoped
@Named("schemaAnswer")
public class SchemaAnswer implements Processor {

    private final Accounts accounts;
    private final Clock clock;

    SchemaAnswer(Accounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * In: the answer. Out: an {@link HttpAnswer} with status 2xx, 403 or 404.
     *
     * @throws DeliveryFailure for any other status
     */
    @Override
    public void process(Exchange exchange) {
        Account account = accounts.of(exchange);
        HttpAnswer answer = HttpAnswer.of(exchange, account.settings().key("api-url"));
        if (!answer.isOk() && answer.status() != 403 && answer.status() != 404) {
            DeliveryFailure failure = answer.failure(clock, account.hints());
            if (failure instanceof DeliveryFailure.Unauthorized) {
                account.tokens().invalidate(AccessToken.of(exchange));
            }
            throw failure;
        }
        exchange.getMessage().setBody(answer);
    }
}
