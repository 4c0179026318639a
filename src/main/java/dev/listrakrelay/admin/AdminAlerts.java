package dev.listrakrelay.admin;

import dev.listrakrelay.alert.TestAlert;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Sends a test alert to {@code alerts.url} on request. */
@ApplicationScoped
public class AdminAlerts implements AdminCalls {

    private final TestAlert alert;

    AdminAlerts(TestAlert alert) {
        this.alert = alert;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.change("/admin/alerts/test").blockingHandler(this::test, false);
    }

    /** Answers with the alert once it is on disk. */
    void test(RoutingContext http) {
        AdminAnswer.send(
                http,
                alert.send()
                        .orElseThrow(() -> new AdminRefusal(
                                404,
                                "alerts.url: missing, expected the address that alerts are posted to;"
                                        + " set ALERTS_URL")));
    }
}
