package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.RequestDeadline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** Configures the HTTP client for Listrak: a total deadline for each request, and no redirects. */
@ApplicationScoped
@Named("listrakHttpClient")
public class ListrakHttpClient implements HttpClientConfigurer {

    private final ListrakConfig config;
    private final RequestDeadline deadlines;

    ListrakHttpClient(ListrakConfig config, RequestDeadline deadlines) {
        this.config = config;
        this.deadlines = deadlines;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableRedirectHandling();
        client.addExecInterceptorFirst("deadline", deadlines.within(config.deadline(), "listrak.deadline"));
    }
}
