package dev.listrakrelay.ingest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Sets the Content-Type of a posted body to JSON. SDKs send JSON as a form, and browsers' {@code sendBeacon} as text.
 *
 * <p>Otherwise, the server would parse the body as a form, and no route would receive it.
 */
@ApplicationScoped
public class BodyContentType {

    /** The header with a webhook's original Content-Type, to forward the webhook with. */
    public static final String ORIGINAL_TYPE = "Original-Content-Type";

    private static final String WEBHOOKS = "/webhooks/";
    private static final List<String> ALWAYS_JSON = List.of("/v1/", WEBHOOKS);

    /** The Content-Type of a CloudEvent decides how to read its body, unless it names a form. */
    private static final String CLOUD_EVENTS = "/cloudevents";

    private static final List<String> FORMS = List.of("application/x-www-form-urlencoded", "multipart/");
    private static final int BEFORE_BODIES_ARE_READ = 250;

    void register(@Observes Filters filters) {
        filters.register(this::relabel, BEFORE_BODIES_ARE_READ);
    }

    private void relabel(RoutingContext context) {
        HttpServerRequest request = context.request();
        // routes are found by this path: a v can be written as %76 in the request
        String path = context.normalizedPath();
        boolean isJson =
                ALWAYS_JSON.stream().anyMatch(path::startsWith) || path.startsWith(CLOUD_EVENTS) && isForm(request);
        if (request.method() == HttpMethod.POST && isJson) {
            if (path.startsWith(WEBHOOKS)) {
                keepOriginal(request);
            }
            request.headers().set(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        context.next();
    }

    private static void keepOriginal(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            request.headers().remove(ORIGINAL_TYPE);
        } else {
            request.headers().set(ORIGINAL_TYPE, type);
        }
    }

    private static boolean isForm(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && FORMS.stream().anyMatch(form -> type.regionMatches(true, 0, form, 0, form.length()));
    }
}
