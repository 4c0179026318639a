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
 * Labels a posted body as JSON, whatever its Content-Type says: SDKs label JSON as a form, browsers' {@code sendBeacon} as
 * text.
 *
 * <p>Otherwise, the server would parse a form's body, and no route would receive it.
 */
@ApplicationScoped
public class BodyContentType {

    /** The header that keeps the type that a webhook came with, for whoever forwards it. */
    public static final String CAME_AS = "Came-As-Content-Type";

    private static final List<String> JSON_ALONE = List.of("/v1/", "/webhooks/");

    /** Here the Content-Type says how to read the body, unless it says that the body is a form. */
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
                JSON_ALONE.stream().anyMatch(path::startsWith) || path.startsWith(CLOUD_EVENTS) && isForm(request);
        if (request.method() == HttpMethod.POST && isJson) {
            keep(request);
            request.headers().set(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        context.next();
    }

    private static void keep(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            request.headers().remove(CAME_AS);
        } else {
            request.headers().set(CAME_AS, type);
        }
    }

    private static boolean isForm(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && FORMS.stream().anyMatch(form -> type.regionMatches(true, 0, form, 0, form.length()));
    }
}
