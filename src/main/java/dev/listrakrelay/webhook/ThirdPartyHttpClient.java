package dev.listrakrelay.webhook;

import dev.listrakrelay.delivery.DeliveryFailure;
import dev.listrakrelay.delivery.Destination;
import dev.listrakrelay.delivery.HttpAnswer;
import dev.listrakrelay.delivery.RequestDeadline;
import java.io.IOException;
import java.time.Clock;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.jboss.logging.Logger;

/**
 * Sends requests to one third party: only by https and to public addresses, unless its setting {@code allow-private} is set. A total deadline applies, redirects are not followed, and each status other than 2xx is a {@link DeliveryFailure}.
 */
public final class ThirdPartyHttpClient implements HttpClientConfigurer {

    private static final Logger LOG = Logger.getLogger("delivery.attempted");
    private static final int MOST_CONNECTIONS = 256;

    private final ThirdPartySettings settings;
    private final Destination destination;
    private final ExecChainHandler deadline;
    private final Clock clock;

    public ThirdPartyHttpClient(
            ThirdPartySettings settings, Destination destination, RequestDeadline deadlines, Clock clock) {
        this.destination = destination;
        this.settings = settings;
        this.clock = clock;
        this.deadline = deadlines.within(settings.deadline(), settings.prefix() + ".deadline");
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableRedirectHandling();
        client.disableAutomaticRetries();
        client.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(
                        settings.isPrivateAllowed()
                                ? SystemDefaultDnsResolver.INSTANCE
                                : new PublicAddresses(SystemDefaultDnsResolver.INSTANCE))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.deadline()))
                        .setSocketTimeout(Timeout.of(settings.deadline()))
                        .build())
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setMaxConnTotal(MOST_CONNECTIONS)
                .build());
        client.addExecInterceptorFirst("outcome", this::outcome);
    }

    private ClassicHttpResponse outcome(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        String scheme = scope.route.getTargetHost().getSchemeName();
        if (!settings.isPrivateAllowed() && !"https".equals(scheme)) {
            throw new DeliveryFailure.Closed(settings.urlKey() + ": expected https, found " + scheme, "");
        }
        destination.permitRequest();
        ClassicHttpResponse response = deadline.execute(request, scope, chain);
        LOG.debugf("spool=%s status=%d", destination.name(), response.getCode());
        HttpAnswer answer = answer(response);
        if (answer.isOk()) {
            destination.resume();
            return response;
        }
        DeliveryFailure failure = answer.failure(clock);
        if (failure.isCausedByRequest()) {
            destination.resume();
        }
        throw failure;
    }

    private HttpAnswer answer(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        String retryAfter = response.containsHeader("Retry-After")
                ? response.getFirstHeader("Retry-After").getValue()
                : null;
        return new HttpAnswer(
                settings.urlKey(),
                response.getCode(),
                entity == null ? new byte[0] : EntityUtils.toByteArray(entity),
                retryAfter);
    }
}
