package dev.listrakrelay.http;

import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads request bodies within the {@link BodyBudget}, instead of the server. If a {@link HeadCheck}
 * refuses a request by its headers, its body is discarded.
 */
@ApplicationScoped
public class BodyGate {

    /** The last filter before a body is read: after the Content-Type is set, and after large bodies are refused. */
    private static final int BEFORE_BODIES_ARE_READ = 249;

    private static final List<String> FORMS = List.of("application/x-www-form-urlencoded", "multipart/");

    private final BodyBudget budget;
    private final List<HeadCheck> checks;
    private final long maxBytes;
    private final long timeoutMillis;

    BodyGate(
            BodyBudget budget,
            @All List<HeadCheck> checks,
            IntakeConfig config,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBytes) {
        this.budget = budget;
        this.checks = checks;
        this.maxBytes = maxBytes.asLongValue();
        this.timeoutMillis = config.bodyTimeout().toMillis();
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_BODIES_ARE_READ);
    }

    private void admit(RoutingContext http) {
        HttpServerRequest request = http.request();
        if (!hasBody(request)) {
            http.next();
            return;
        }
        HeadCheck.Sender sender = checks.stream()
                .flatMap(check -> check.sender(http.normalizedPath(), request).stream())
                .findFirst()
                .orElse(HeadCheck.Sender.of(BodyShare.ANYONE));
        IncomingBody body = new IncomingBody(http, budget, sender.share(), maxBytes, timeoutMillis);
        if (sender.isRefused()) {
            body.discard();
            http.next();
        } else if (isForm(request)) {
            body.letServerRead();
        } else {
            body.readThenContinue();
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.version() == HttpVersion.HTTP_2 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                : !length.equals("0");
    }

    /** Whether the body is a form. The server parses a form while it reads it. */
    private static boolean isForm(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && FORMS.stream().anyMatch(form -> type.regionMatches(true, 0, form, 0, form.length()));
    }
}
