package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.DeliveryFailure;
import dev.listrakrelay.delivery.HttpAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

/** Reads Listrak's answer to a request, and turns each answer other than 2xx into a {@link DeliveryFailure} (listrak-api §3). */
@ApplicationScoped
@Named("listrakAnswer")
public class ListrakAnswer implements Processor {

    private static final Logger LOG = Logger.getLogger("delivery.attempted");

    private final Clock clock;
    private final Accounts accounts;

    ListrakAnswer(Clock clock, Accounts accounts) {
        this.clock = clock;
        this.accounts = accounts;
    }

    /**
     * In: the answer. Out: an {@link HttpAnswer} with status 2xx.
     *
     * @throws DeliveryFailure for any other status
     */
    @Override
    public void process(Exchange exchange) {
        Account account = accounts.of(exchange);
        HttpAnswer answer = HttpAnswer.of(exchange, account.settings().key("api-url"));
        ListrakRequest request = ListrakRequest.of(exchange);
        request.answered(exchange, answer.status(), answer.isOk() ? "" : answer.excerpt());
        LOG.debugf("destination=%s status=%d %s", account.settings(), answer.status(), request);
        if (answer.isOk()) {
            account.destination().resume();
            exchange.getMessage().setBody(answer);
            return;
        }
        DeliveryFailure failure = answer.failure(clock, account.hints());
        if (failure instanceof DeliveryFailure.Unauthorized) {
            account.tokens().invalidate(AccessToken.of(exchange));
        } else if (failure.isCausedByRequest()) {
            account.destination().resume();
        }
        throw failure;
    }
}
