package dev.listrakrelay.admin;

import io.quarkus.arc.All;
import io.quarkus.runtime.annotations.RegisterResources;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Adds all calls under {@code /admin} to the management port, protected by the {@link AdminGuard}. */
@ApplicationScoped
@RegisterResources(globs = "admin/openapi.yaml")
public class AdminApi {

    private static final String ALL = "/admin/*";
    private static final int MOST_BODY_BYTES = 262_144;

    /** The limit of calls whose body has a mapping file and its cases. */
    private static final int MOST_MAPPING_BYTES = 1_048_576;

    private final AdminGuard guard;
    private final List<AdminCalls> calls;
    private AdminRoutes routes;

    AdminApi(AdminGuard guard, @All List<AdminCalls> calls) {
        this.guard = guard;
        this.calls = calls;
    }

    void open(@Observes ManagementInterface management) {
        Router router = management.router();
        router.route(ALL).handler(guard);
        router.route(ALL).handler(BodyHandler.create(false).setBodyLimit(MOST_MAPPING_BYTES));
        router.route(ALL).handler(AdminApi::limit);
        routes = new AdminRoutes(router);
        calls.forEach(subject -> subject.add(routes));
        routes.get("/admin/openapi.yaml").handler(AdminApi::description);
        router.route(ALL).handler(http -> {
            throw new AdminRefusal(404, "path: unknown, expected one of GET /admin/openapi.yaml");
        });
        router.route(ALL).failureHandler(AdminAnswer::refuse);
    }

    private static void limit(RoutingContext http) {
        boolean isLong = http.normalizedPath().startsWith("/admin/mapping/");
        if (http.body().length() > (isLong ? MOST_MAPPING_BYTES : MOST_BODY_BYTES)) {
            http.fail(413);
        } else {
            http.next();
        }
    }

    /** Returns the routes of all calls. */
    List<Route> routes() {
        return routes.all();
    }

    private static void description(RoutingContext http) {
        try (InputStream yaml = AdminApi.class.getResourceAsStream("/admin/openapi.yaml")) {
            String text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
            AdminAnswer.send(http, 200, "application/yaml", text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("admin/openapi.yaml", unreadable);
        }
    }
}
