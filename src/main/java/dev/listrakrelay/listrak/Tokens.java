package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.DeliveryFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;

/**
 * Holds the token that all lanes of an account share. Any number of waiting senders cause one request. While the token endpoint
 * fails, the relay asks it at most once in 5 s.
 */
final class Tokens {

    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(5);

    private static final String ACCOUNT = "listrakAccount";

    private final FluentProducerTemplate camel;
    private final AccountSettings account;
    private final Clock clock;
    private AccessToken token;
    private Exception lastFailure;
    private Instant failedAt = Instant.MIN;

    Tokens(CamelContext camel, Clock clock, AccountSettings account) {
        this.account = account;
        this.camel = camel.createFluentProducerTemplate();
        this.clock = clock;
    }

    /**
     * Returns a token that requests may use now.
     *
     * @throws Exception the failure of the route {@code deliver-token}
     */
    synchronized AccessToken current() throws Exception {
        Instant now = clock.instant();
        if (token != null && token.isFresh(now)) {
            return token;
        }
        // if now is before the failure, the clock was set back
        if (lastFailure != null && now.isBefore(failedAt.plus(RETRY_INTERVAL)) && !now.isBefore(failedAt)) {
            throw lastFailure;
        }
        token = fetch();
        return token;
    }

    private AccessToken fetch() throws Exception {
        Exchange answer = camel.to("direct:deliver-token")
                .withProcessor(exchange -> exchange.setProperty(ACCOUNT, account))
                .send();
        lastFailure = answer.getException();
        if (lastFailure instanceof DeliveryFailure.Ambiguous) {
            // Listrak may have issued a token, but no event was sent
            lastFailure = new DeliveryFailure.Unreachable(lastFailure.getMessage());
        }
        if (lastFailure != null) {
            failedAt = clock.instant();
            throw lastFailure;
        }
        return answer.getMessage().getBody(AccessToken.class);
    }

    /** Returns the account that an exchange of the route {@code deliver-token} fetches a token for. */
    static AccountSettings account(Exchange exchange) {
        return exchange.getProperty(ACCOUNT, AccountSettings.class);
    }

    /** Drops a token that Listrak refused, if it is still the one in use. */
    synchronized void invalidate(AccessToken refused) {
        if (token != null && token.equals(refused)) {
            token = null;
        }
    }
}
