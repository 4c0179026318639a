package dev.listrakrelay.listrak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Reads the token endpoint's answer: {@code {"access_token","token_type","expires_in"}} (§1). */
@ApplicationScoped
@Named("tokenAnswer")
public class TokenAnswer implements Processor {

    private static final String ENDPOINT = "listrak.auth-url";

    private final ObjectMapper json = new ObjectMapper();
    private final Clock clock;

    TokenAnswer(Clock clock) {
        this.clock = clock;
    }

    /** @throws ListrakUnavailable if there is no token in it */
    @Override
    public void process(Exchange exchange) throws IOException {
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        if (status != 200) {
            throw new ListrakUnavailable(ENDPOINT + ": expected 200 and a token, found status " + status);
        }
        JsonNode answer = json.readTree(exchange.getMessage().getBody(byte[].class));
        String token = answer.path("access_token").asText("");
        long seconds = answer.path("expires_in").asLong(0);
        if (token.isEmpty() || seconds <= 0) {
            throw new ListrakUnavailable(ENDPOINT + ": expected access_token and expires_in, found an answer without");
        }
        exchange.getMessage().setBody(new AccessToken(token, clock.instant(), Duration.ofSeconds(seconds)));
    }
}
