package dev.listrakrelay.admin;

import dev.listrakrelay.sandbox.SandboxGuard;
import dev.listrakrelay.settings.Version;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Shows what the caller's token allows, and which process and version answers. */
@ApplicationScoped
public class AdminSession implements AdminCalls {

    private final AdminConfig config;
    private final AnsweringProcess process;

    AdminSession(AdminConfig config, AnsweringProcess process) {
        this.config = config;
        this.process = process;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/session").handler(this::show);
    }

    private void show(RoutingContext http) {
        boolean isMasked = AdminRights.isMasked(http);
        Version version = Version.read();
        AdminAnswer.send(
                http,
                AdminJson.object()
                        .put("mayChange", !isMasked)
                        .put("sandbox", SandboxGuard.isSandbox(ConfigUtils.getProfiles()))
                        .put("masked", isMasked)
                        .put("version", version.number())
                        .put("commit", version.commit())
                        .put("engine", process.engine())
                        .put("process", process.name())
                        .put("orderField", config.findField()));
    }
}
