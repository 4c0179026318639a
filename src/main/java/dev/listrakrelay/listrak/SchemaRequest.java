package dev.listrakrelay.listrak;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Prepares the request for the schema of a custom event. In: the UID of the custom event (listrak-api §4). */
@ApplicationScoped
@Named("schemaRequest")
public class SchemaRequest implements Processor {

    private final Accounts accounts;

    SchemaRequest(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Account account = accounts.of(exchange);
        Message message = exchange.getMessage();
        String uid = message.getBody(String.class);
        AccessToken token = account.tokens().current();
        token.attachTo(exchange);
        message.removeHeaders("*");
        message.setHeader("Authorization", "Bearer " + token.value());
        message.setHeader(Exchange.HTTP_URI, account.settings().apiUrl() + "/eventConfigurations/" + uid);
        message.setBody(null);
    }
}
