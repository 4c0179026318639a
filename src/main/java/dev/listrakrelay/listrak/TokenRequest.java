package dev.listrakrelay.listrak;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.net.URLEncoder;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Prepares the request for a token: client credentials as a form. Each value is encoded, because real secrets contain {@code
 * +} (listrak-api §1).
 */
@ApplicationScoped
@Named("tokenRequest")
public class TokenRequest implements Processor {

    @Override
    public void process(Exchange exchange) {
        AccountSettings account = Tokens.account(exchange);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
        message.setHeader(Exchange.HTTP_URI, account.authUrl().toString());
        message.setBody(form(account));
    }

    private static byte[] form(AccountSettings account) {
        return ("grant_type=client_credentials&client_id=" + URLEncoder.encode(account.clientId(), UTF_8)
                        + "&client_secret=" + URLEncoder.encode(account.clientSecret(), UTF_8))
                .getBytes(UTF_8);
    }
}
