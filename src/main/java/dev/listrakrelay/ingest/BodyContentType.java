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
 * Lets JSON through that calls itself something else: SDKs label it as a form, browsers' {@code sendBeacon} as text.
 *
 * <p>Without this a form's body never reaches a route: the server takes it apart first.
 */
@ApplicationScoped
public class BodyContentType {

    /** The header that keeps the type that a webhook came with, for whoever forwards it. */
    public static final String CAME_AS = "Came-As-Content-Type";

    private static final List<String> JSON_ALONE = List.of("/v1/", "/webhooks/");

    /** Where the type says how the body is to be read, unless it says that it is a form. */
    private static final String CLOUD_EVENTS = "/cloudevents";

    private static final List<String> FORMS = List.of("application/x-www-form-urlencoded", "multipart/");
    private static final int BEFORE_BODIES_ARE_READ = 250;

    void register(@Observes Filters filters) {
        filters.register(this::relabel, BEFORE_BODIES_ARE_READ);
    }

    private void relabel(RoutingContext context) {
        HttpServerRequest request = context.request();
        // the path by which the server finds a route: what is written as %76 in it is a v
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
