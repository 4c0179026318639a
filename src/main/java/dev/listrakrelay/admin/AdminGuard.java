package dev.listrakrelay.admin;

import dev.listrakrelay.sandbox.SandboxGuard;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Allows every call with the admin token, and calls that read with the read token. If no token is configured, it rejects every
 * call; in the sandbox and dev profiles, it allows calls to localhost then. It answers a wrong token one second later.
 */
@ApplicationScoped
public class AdminGuard implements Handler<RoutingContext> {

    private static final String SCHEME = "Bearer ";

    private static final Duration PACE = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 100;
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final Pattern JSON_OR_OF_CURL =
            Pattern.compile("(?i)application/(json|x-www-form-urlencoded)\\s*(;.*)?");

    private final Optional<byte[]> token;
    private final Optional<byte[]> readToken;
    private final boolean isOpen;
    private final Duration pace;
    private final int mostWaiting;
    private final AtomicInteger waiting = new AtomicInteger();

    @jakarta.inject.Inject
    AdminGuard(AdminConfig config) {
        this(config.token(), config.readToken(), ConfigUtils.getProfiles(), PACE, MOST_WAITING);
    }

    AdminGuard(Optional<String> token, Collection<String> profiles) {
        this(token, Optional.empty(), profiles, PACE, MOST_WAITING);
    }

    /**
     * @param pace how long a wrong token waits for its answer
     * @param mostWaiting the most wrong tokens that may wait at a time; more are rejected at once
     */
    AdminGuard(
            Optional<String> token,
            Optional<String> readToken,
            Collection<String> profiles,
            Duration pace,
            int mostWaiting) {
        this.pace = pace;
        this.mostWaiting = mostWaiting;
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
        this.readToken = readToken.map(text -> text.getBytes(StandardCharsets.UTF_8));
        this.isOpen = token.isEmpty() && readToken.isEmpty() && SandboxGuard.isSandbox(profiles);
    }

    @Override
    public void handle(RoutingContext http) {
        if (!isOpen && token.isEmpty() && readToken.isEmpty()) {
            throw new AdminRefusal(404, "admin: off, expected admin.token to be set, found none");
        }
        String authorization = http.request().getHeader("Authorization");
        if (isOpen) {
            refuseOtherPages(http.request());
            AdminRights.EVERYTHING.grant(http);
            http.next();
        } else if (isRight(authorization, token)) {
            AdminRights.EVERYTHING.grant(http);
            http.next();
        } else if (isRight(authorization, readToken)) {
            AdminRights.READING.grant(http);
            http.next();
        } else if (authorization == null) {
            refuse(http);
        } else {
            refuseLater(http);
        }
    }

    /** The number of wrong tokens that wait for their answer. */
    int waiting() {
        return waiting.get();
    }

    private void refuseLater(RoutingContext http) {
        if (waiting.incrementAndGet() > mostWaiting) {
            waiting.decrementAndGet();
            http.response().putHeader("Retry-After", String.valueOf(Math.max(1, pace.toSeconds())));
            throw new AdminRefusal(
                    429, "Authorization: expected Bearer and the admin token, found too many wrong ones");
        }
        http.vertx().setTimer(pace.toMillis(), due -> {
            waiting.decrementAndGet();
            if (!http.response().closed()) {
                refuse(http);
            }
        });
    }

    private static void refuse(RoutingContext http) {
        http.response().putHeader("WWW-Authenticate", "Bearer");
        http.fail(new AdminRefusal(401, "Authorization: expected Bearer and the admin token, found another"));
    }

    /**
     * Rejects calls from foreign pages in a browser on this machine. Such a page could call the API through a host name of its
     * own that resolves to this machine, or with a content type that browsers post without asking.
     */
    private static void refuseOtherPages(HttpServerRequest request) {
        HostAndPort host = request.authority();
        if (host == null || !HERE.contains(host.host().toLowerCase(Locale.ROOT))) {
            throw new AdminRefusal(403, "Host: expected localhost, because admin.token is not set; found another");
        }
        String type = request.getHeader("Content-Type");
        if (type != null && !JSON_OR_OF_CURL.matcher(type).matches()) {
            throw new AdminRefusal(415, "Content-Type: expected application/json, found another");
        }
    }

    private static boolean isRight(String authorization, Optional<byte[]> token) {
        return authorization != null
                && token.isPresent()
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        token.orElseThrow(),
                        authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }
}
