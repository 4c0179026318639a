package dev.listrakrelay.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Reports requests and answers to each connection's {@link HeadTimeLimit}, and turns off HTTP/2 without TLS unless it
 * is configured.
 */
@ApplicationScoped
public class HeadTimer implements HttpServerOptionsCustomizer {

    private static final int FIRST = 500;

    private final IntakeConfig config;

    HeadTimer(IntakeConfig config) {
        this.config = config;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(config.http2ClearText());
    }

    void register(@Observes Filters filters) {
        HeadTimeLimit.setLimit(config.headersTimeout());
        filters.register(HeadTimer::headArrived, FIRST);
    }

    void register(@Observes ManagementInterface management) {
        management.router().route().order(-FIRST).handler(HeadTimer::headArrived);
    }

    private static void headArrived(RoutingContext http) {
        HeadTimeLimit limit = HeadTimeLimit.of(http.request().connection());
        if (limit != null) {
            limit.headArrived();
            // an HTTP/2 connection has many requests at a time, and bytes that belong to no request
            if (http.request().version() != HttpVersion.HTTP_2) {
                http.addBodyEndHandler(end -> limit.answered());
            }
        }
        http.next();
    }
}
