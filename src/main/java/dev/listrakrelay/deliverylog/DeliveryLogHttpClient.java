package dev.listrakrelay.deliverylog;

import dev.listrakrelay.delivery.HttpAnswer;
import dev.listrakrelay.delivery.RequestDeadline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Configures the HTTP client of the delivery log: a total deadline of 30 s, no redirects, and a failure for each status
 * other than 2xx. A failure names no address with its query, and no answer.
 */
@ApplicationScoped
@Named("deliveryLogHttpClient")
public class DeliveryLogHttpClient implements HttpClientConfigurer {

    private static final String URL = "delivery-log.url";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final ExecChainHandler deadline;
    private final Clock clock;

    DeliveryLogHttpClient(RequestDeadline deadlines, Clock clock) {
        this.deadline = deadlines.within(DEADLINE, URL);
        this.clock = clock;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableRedirectHandling();
        client.disableAutomaticRetries();
        client.addExecInterceptorFirst("outcome", this::outcome);
    }

    private ClassicHttpResponse outcome(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response = deadline.execute(request, scope, chain);
        HttpAnswer answer = new HttpAnswer(URL, response.getCode(), new byte[0], null);
        if (!answer.isOk()) {
            throw answer.failure(clock);
        }
        return response;
    }
}
