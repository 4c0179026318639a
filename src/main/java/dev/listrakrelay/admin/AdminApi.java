package dev.listrakrelay.admin;

import io.quarkus.runtime.annotations.RegisterResources;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpMethod;
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
import java.util.ArrayList;
import java.util.List;

/** Opens {@code /admin} on the management port: what there is to call, all of it behind the {@link AdminGuard}. */
@ApplicationScoped
@RegisterResources(globs = "admin/openapi.yaml")
public class AdminApi {

    private static final String ALL = "/admin/*";
    private static final int MOST_BODY_BYTES = 262_144;

    private final AdminGuard guard;
    private final AdminStatus status;
    private final AdminEvents events;
    private final AdminDeadLetters deadLetters;
    private final AdminMapping mapping;
    private final AdminContract contract;
    private final AdminContacts contacts;
    private final List<Route> routes = new ArrayList<>();

    AdminApi(
            AdminGuard guard,
            AdminStatus status,
            AdminEvents events,
            AdminDeadLetters deadLetters,
            AdminMapping mapping,
            AdminContract contract,
            AdminContacts contacts) {
        this.guard = guard;
        this.status = status;
        this.events = events;
        this.deadLetters = deadLetters;
        this.mapping = mapping;
        this.contract = contract;
        this.contacts = contacts;
    }

    void open(@Observes ManagementInterface management) {
        Router router = management.router();
        router.route(ALL).handler(guard);
        router.route(ALL).handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES));
        add(router, HttpMethod.GET, "/admin/status").blockingHandler(status::show, false);
        add(router, HttpMethod.GET, "/admin/events").blockingHandler(events::list, false);
        add(router, HttpMethod.POST, "/admin/events/search").blockingHandler(events::list, false);
        add(router, HttpMethod.GET, "/admin/events/:seq").blockingHandler(events::one, false);
        add(router, HttpMethod.GET, "/admin/dead-letters").blockingHandler(deadLetters::list, false);
        add(router, HttpMethod.POST, "/admin/dead-letters/search").blockingHandler(deadLetters::list, false);
        add(router, HttpMethod.GET, "/admin/dead-letters/:seq").blockingHandler(deadLetters::one, false);
        add(router, HttpMethod.POST, "/admin/dead-letters/replay").blockingHandler(deadLetters::replay, false);
        add(router, HttpMethod.POST, "/admin/explain").blockingHandler(mapping::explain, false);
        add(router, HttpMethod.POST, "/admin/contract/check").blockingHandler(contract::check, false);
        add(router, HttpMethod.POST, "/admin/contacts/forget").blockingHandler(contacts::forget, false);
        add(router, HttpMethod.POST, "/admin/destinations/:name/resume").handler(status::resume);
        add(router, HttpMethod.GET, "/admin/openapi.yaml").handler(AdminApi::description);
        router.route(ALL).handler(http -> {
            throw new AdminRefusal(404, "path: no such call, GET /admin/openapi.yaml tells which there are");
        });
        router.route(ALL).failureHandler(AdminAnswer::refuse);
    }

    private Route add(Router router, HttpMethod method, String path) {
        Route route = router.route(method, path);
        routes.add(route);
        return route;
    }

    /** What can be called. */
    List<Route> routes() {
        return List.copyOf(routes);
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
