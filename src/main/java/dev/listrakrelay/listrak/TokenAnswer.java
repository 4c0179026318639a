package dev.listrakrelay.listrak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.listrakrelay.delivery.DeliveryFailure;
import dev.listrakrelay.delivery.HttpAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Reads the token endpoint's answer: {@code {"access_token","token_type","expires_in"}} (listrak-api §1). */
@ApplicationScoped
@Named("tokenAnswer")
public class TokenAnswer implements Processor {

    private final ObjectMapper json = new ObjectMapper();
    private final Clock clock;

    TokenAnswer(Clock clock) {
        this.clock = clock;
    }

    /**
     * In: the answer. Out: an {@link AccessToken}.
     *
     * @throws DeliveryFailure if the answer has no token; Listrak answers 400 to wrong credentials
     */
    @Override
    public void process(Exchange exchange) {
        AccountSettings account = Tokens.account(exchange);
        HttpAnswer answer = HttpAnswer.of(exchange, account.key("auth-url"));
        if (answer.status() == 400 || answer.status() == 401) {
            throw credentialsRejected(answer, account);
        }
        if (!answer.isOk()) {
            DeliveryFailure failure = answer.failure(clock);
            throw failure.isCausedByRequest() ? credentialsRejected(answer, account) : failure;
        }
        exchange.getMessage().setBody(token(answer));
    }

    /** Returns a failure that parks the account, because no event is the cause. */
    private static DeliveryFailure credentialsRejected(HttpAnswer answer, AccountSettings account) {
        return new DeliveryFailure.Closed(
                answer.endpoint() + ": status " + answer.status() + ", " + remedy(account::key), answer.excerpt());
    }

    /** @param key returns the full property key for its last part */
    static String remedy(UnaryOperator<String> key) {
        return "check " + key.apply("client-id") + " and " + key.apply("client-secret")
                + ", and that the integration is not paused";
    }

    private AccessToken token(HttpAnswer answer) {
        try {
            JsonNode fields = json.readTree(answer.body());
            String token = fields.path("access_token").asText("");
            long seconds = fields.path("expires_in").asLong(0);
            if (!token.isEmpty() && seconds > 0) {
                return new AccessToken(token, clock.instant(), Duration.ofSeconds(seconds));
            }
        } catch (IOException notJson) {
            // the failure below leaves out the answer's text, which can contain a token
        }
        throw new DeliveryFailure.Unavailable(
                answer.endpoint() + ": answer without a token, expected access_token and expires_in", "");
    }
}
