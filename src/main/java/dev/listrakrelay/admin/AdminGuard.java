package dev.listrakrelay.admin;

import dev.listrakrelay.sandbox.SandboxGuard;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Optional;

/** Lets those through who show the token; without a token nobody, but in the sandbox and dev profiles everybody. */
@ApplicationScoped
public class AdminGuard implements Handler<RoutingContext> {

    private static final String SCHEME = "Bearer ";

    private final Optional<byte[]> token;
    private final boolean isOpen;

    @jakarta.inject.Inject
    AdminGuard(AdminConfig config) {
        this(config.token(), ConfigUtils.getProfiles());
    }

    AdminGuard(Optional<String> token, Collection<String> profiles) {
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
        this.isOpen = token.isEmpty() && SandboxGuard.isSandbox(profiles);
    }

    @Override
    public void handle(RoutingContext http) {
        if (!isOpen && token.isEmpty()) {
            throw new AdminRefusal(404, "admin: off, expected admin.token to be set, found none");
        }
        if (!isOpen && !isRight(http.request().getHeader("Authorization"))) {
            http.response().putHeader("WWW-Authenticate", "Bearer");
            throw new AdminRefusal(401, "Authorization: expected Bearer and the admin token, found another");
        }
        http.next();
    }

    private boolean isRight(String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        token.orElseThrow(),
                        authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }
}
