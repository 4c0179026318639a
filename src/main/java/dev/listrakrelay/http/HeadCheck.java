package dev.listrakrelay.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Checks the headers of a request before its body is read. */
public interface HeadCheck {

    /**
     * Returns the sender that the headers name.
     *
     * @param path the normalised path, which decides the route
     * @return empty if this check does not apply to the request
     */
    Optional<Sender> sender(String path, HttpServerRequest head);

    /**
     * The sender of a body.
     *
     * @param share the part of the {@link BodyBudget} that the body uses
     * @param isRefused whether the headers are enough to refuse the request; then the body is not read
     */
    record Sender(BodyShare share, boolean isRefused) {

        public static Sender of(BodyShare share) {
            return new Sender(share, false);
        }

        public static Sender refused() {
            return new Sender(BodyShare.ANYONE, true);
        }
    }
}
