package dev.listrakrelay.listrak;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

/** Reads Listrak's answer to a request and names what it means (§3). */
@ApplicationScoped
@Named("listrakAnswer")
public class ListrakAnswer implements Processor {

    private static final Logger LOG = Logger.getLogger("delivery.attempted");

    private final Tokens tokens;

    ListrakAnswer(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * @throws ListrakUnauthorized on 401
     * @throws ListrakUnavailable on anything else that isn't 2xx
     */
    @Override
    public void process(Exchange exchange) {
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        LOG.debugf("status=%d %s", status, exchange.getProperty(ListrakRequest.PROPERTY));
        if (status == 401) {
            tokens.invalidate(exchange.getProperty(AuthorizeRequest.TOKEN, String.class));
            throw new ListrakUnauthorized();
        }
        if (status / 100 != 2) {
            throw new ListrakUnavailable("listrak.api-url: expected 2xx, found status " + status);
        }
    }
}
