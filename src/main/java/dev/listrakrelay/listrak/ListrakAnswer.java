package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.DeliveryFailure;
import dev.listrakrelay.delivery.Destination;
import dev.listrakrelay.delivery.HttpAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

/** Reads Listrak's answer to a request and names what it means (listrak-api §3). */
@ApplicationScoped
@Named("listrakAnswer")
public class ListrakAnswer implements Processor {

    private static final Map<Integer, String> HINTS = Map.of(
            401, "the token was refused; is the integration paused?",
            403, "no access to Cross Channel, or access is paused",
            404, "check listrak.event-uid and listrak.company-id");
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
     * @throws DeliveryFailure on anything else
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
        DeliveryFailure failure = answer.failure(clock, HINTS);
        if (failure instanceof DeliveryFailure.Unauthorized) {
            tokens.invalidate(exchange.getProperty(AuthorizeRequest.TOKEN, String.class));
        } else if (failure.isOfTheRequest()) {
            destination.lookedAtEvents();
        }
        throw failure;
    }
}
