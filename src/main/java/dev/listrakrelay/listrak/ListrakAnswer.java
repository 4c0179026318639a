package dev.listrakrelay.listrak;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

/** Reads Listrak's answer to a request and names what it means (listrak-api §3). */
@ApplicationScoped
@Named("listrakAnswer")
public class ListrakAnswer implements Processor {

    private static final Logger LOG = Logger.getLogger("delivery.attempted");

    private final Tokens tokens;
    private final Clock clock;
    private final Destination destination;

    ListrakAnswer(Tokens tokens, Clock clock, Destination destination) {
        this.tokens = tokens;
        this.clock = clock;
        this.destination = destination;
    }

    /**
     * In: the answer. Out: an {@link HttpAnswer} of 2xx.
     *
     * @throws ListrakFailure on anything else
     */
    @Override
    public void process(Exchange exchange) {
        HttpAnswer answer = HttpAnswer.of(exchange, "listrak.api-url");
        LOG.debugf("spool=events status=%d %s", answer.status(), ListrakRequest.of(exchange));
        if (answer.isOk()) {
            destination.lookedAtEvents();
            exchange.getMessage().setBody(answer);
            return;
        }
        ListrakFailure failure = answer.failure(clock);
        if (failure instanceof ListrakFailure.Unauthorized) {
            tokens.invalidate(exchange.getProperty(AuthorizeRequest.TOKEN, String.class));
        } else if (failure instanceof ListrakFailure.Rejected || failure instanceof ListrakFailure.Refused) {
            destination.lookedAtEvents();
        }
        throw failure;
    }
}
