package dev.listrakrelay.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Looks at the head of a request before its body is read. */
public interface HeadCheck {

    /**
     * What the head shows of its sender.
     *
     * @param path as routes are found by it
     * @return empty if it isn't a request that this check knows
     */
    Optional<Sender> sender(String path, HttpServerRequest head);

    /**
     * The one who sends a body.
     *
     * @param share on which its body draws
     * @param isRefused whether nothing in a body can let it in: then the body isn't read, and the route refuses it
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
