package dev.listrakrelay.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** Receives forwarded webhooks as the sandbox's third party, and lists the last 100, newest first. */
final class ReceivedWebhooks {

    private static final int MAX_WEBHOOKS = 100;

    private final Clock clock;
    private final Deque<ObjectNode> newestFirst = new ArrayDeque<>();

    ReceivedWebhooks(Clock clock) {
        this.clock = clock;
    }

    synchronized void receive(RoutingContext http) {
        Buffer body = http.body().buffer();
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("receivedAt", clock.instant().toString())
                .put("body", body == null ? "" : body.toString());
        for (String header : new String[] {"webhook-id", "webhook-timestamp", "webhook-signature"}) {
            view.put(header, http.request().getHeader(header));
        }
        newestFirst.addFirst(view);
        if (newestFirst.size() > MAX_WEBHOOKS) {
            newestFirst.removeLast();
        }
        http.response().setStatusCode(204).end();
    }

    synchronized void list(RoutingContext http) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        newestFirst.forEach(all::add);
        JsonAnswer.send(http, 200, all);
    }
}
