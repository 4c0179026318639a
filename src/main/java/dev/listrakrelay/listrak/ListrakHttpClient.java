package dev.listrakrelay.listrak;

import dev.listrakrelay.delivery.Deadlines;
import dev.listrakrelay.delivery.RequestCounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** Ends a request to Listrak at a total deadline, and follows no redirect. */
@ApplicationScoped
@Named("listrakHttpClient")
public class ListrakHttpClient implements HttpClientConfigurer {

    private final ListrakConfig config;
    private final Deadlines deadlines;
    private final RequestCounts counts;

    ListrakHttpClient(ListrakConfig config, Deadlines deadlines, RequestCounts counts) {
        this.counts = counts;
        this.config = config;
        this.deadlines = deadlines;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableRedirectHandling();
        client.addExecInterceptorFirst(
                "deadline", counts.counting(deadlines.within(config.deadline(), "listrak.deadline")));
    }
}
