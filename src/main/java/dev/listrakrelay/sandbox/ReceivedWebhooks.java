package dev.listrakrelay.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** The sandbox's third party: takes every webhook that is forwarded to it, and shows the last 100, newest first. */
final class ReceivedWebhooks {

    private static final int MOST = 100;

    private final Clock clock;
    private final Deque<ObjectNode> newestFirst = new ArrayDeque<>();

    ReceivedWebhooks(Clock clock) {
        this.clock = clock;
    }

    synchronized void take(RoutingContext http) {
        Buffer body = http.body().buffer();
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("receivedAt", clock.instant().toString())
                .put("body", body == null ? "" : body.toString());
        for (String header : new String[] {"webhook-id", "webhook-timestamp", "webhook-signature"}) {
            view.put(header, http.request().getHeader(header));
        }
        newestFirst.addFirst(view);
        if (newestFirst.size() > MOST) {
            newestFirst.removeLast();
        }
        http.response().setStatusCode(204).end();
    }

    synchronized void show(RoutingContext http) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        newestFirst.forEach(all::add);
        JsonAnswer.send(http, 200, all);
    }
}
