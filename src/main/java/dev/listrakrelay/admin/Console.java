package dev.listrakrelay.admin;

import io.quarkus.runtime.annotations.RegisterResources;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Serves the files of the console page on the management port. They need no token: the page gets all data from {@code /admin}. */
@ApplicationScoped
@RegisterResources(globs = "console/**")
public class Console {

    private static final String HOME = "/console/";
    private static final Pattern FILE = Pattern.compile("(?:[\\w-]+/){0,4}[\\w-]+(?:\\.[\\w-]+)*\\.(\\w+)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "LICENSE", "text/plain; charset=utf-8");

    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, ConsoleFile> files = new ConcurrentHashMap<>();

    void open(@Observes ManagementInterface management) {
        management
                .router()
                .route("/")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(Console::toHome);
        management
                .router()
                .route("/console*")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .blockingHandler(this::serve, false);
    }

    private static void toHome(RoutingContext http) {
        http.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, HOME).end();
    }

    private void serve(RoutingContext http) {
        String path = http.normalizedPath();
        if (path.equals("/console")) {
            toHome(http);
            return;
        }
        String name = path.equals(HOME) ? "index.html" : path.substring(Math.min(path.length(), HOME.length()));
        ConsoleFile file = path.startsWith(HOME) ? file(name) : null;
        if (file == null) {
            http.response()
                    .setStatusCode(404)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                    .end("path: unknown, the page is at /");
            return;
        }
        send(http, file);
    }

    private static void send(RoutingContext http, ConsoleFile file) {
        HttpServerResponse response = http.response()
                .putHeader("Content-Security-Policy", CONTENT_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, file.tag());
        if (file.tag().equals(http.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.type());
        if (http.request().method() == HttpMethod.HEAD) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(file.bytes().length))
                    .end();
        } else {
            response.end(Buffer.buffer(file.bytes()));
        }
    }

    /** Returns a file, read from the program once; null if there is no such file. */
    private ConsoleFile file(String name) {
        var wanted = FILE.matcher(name);
        String type = wanted.matches() ? TYPES.get(wanted.group(1)) : null;
        return type == null ? null : files.computeIfAbsent(name, one -> read(one, type));
    }

    private static ConsoleFile read(String name, String type) {
        try (InputStream file = Console.class.getResourceAsStream(HOME + name)) {
            return file == null ? null : ConsoleFile.of(type, file.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("console/" + name, unreadable);
        }
    }
}
