package dev.listrakrelay.admin;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;

/** Adds calls to the router of the management port, and lists them. A call that changes something rejects the read token. */
final class AdminRoutes {

    private final Router router;
    private final List<Route> all = new ArrayList<>();

    AdminRoutes(Router router) {
        this.router = router;
    }

    /** Adds a call that reads. */
    Route get(String path) {
        return add(HttpMethod.GET, path);
    }

    /** Adds a call that reads, and has a body with the question. */
    Route ask(String path) {
        return add(HttpMethod.POST, path);
    }

    /** Adds a call that changes something. */
    Route change(String path) {
        return add(HttpMethod.POST, path).handler(AdminRights::toChange);
    }

    private Route add(HttpMethod method, String path) {
        Route route = router.route(method, path);
        all.add(route);
        return route;
    }

    /** Returns all calls that were added. */
    List<Route> all() {
        return List.copyOf(all);
    }
}
