package dev.listrakrelay.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.listrakrelay.delivery.Destinations;
import dev.listrakrelay.spool.EventStep;
import dev.listrakrelay.spool.Search;
import dev.listrakrelay.spool.Spool;
import dev.listrakrelay.spool.TracedEvent;
import dev.listrakrelay.webhook.TestWebhook;
import dev.listrakrelay.webhook.WebhookConfig;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Shows the state of each webhook, and posts a signed test webhook on request. */
@ApplicationScoped
public class AdminWebhooks implements AdminCalls {

    private static final Logger LOG = Logger.getLogger(AdminWebhooks.class);

    private final WebhookConfig config;
    private final Destinations destinations;
    private final AdminSpools spools;
    private final TestWebhook test;
    private final AnsweringProcess process;

    AdminWebhooks(
            WebhookConfig config,
            Destinations destinations,
            AdminSpools spools,
            TestWebhook test,
            AnsweringProcess process) {
        this.process = process;
        this.config = config;
        this.destinations = destinations;
        this.spools = spools;
        this.test = test;
    }

    @Override
    public void add(AdminRoutes routes) {
        routes.get("/admin/webhooks").blockingHandler(this::list, false);
        routes.change("/admin/webhooks/:name/test").blockingHandler(this::test, false);
    }

    private void list(RoutingContext http) {
        ObjectNode answer = AdminJson.object();
        ArrayNode all = answer.putArray("webhooks");
        new TreeMap<>(config.byName()).forEach((name, webhook) -> all.add(one(name, webhook)));
        AdminAnswer.send(http, process.sign(answer));
    }

    private ObjectNode one(String name, WebhookConfig.Webhook webhook) {
        ObjectNode json = AdminJson.object()
                .put("name", name)
                .put("path", WebhookConfig.path(name))
                .put("secret", webhook.secret().isPresent())
                .put("previousSecret", webhook.previousSecret().isPresent())
                .put("tolerance", webhook.tolerance().toString());
        webhook.forwardUrl().ifPresent(url -> json.put("forwardUrl", ShownValue.withoutQuery(url.toString())));
        destinations
                .named(WebhookConfig.spool(name))
                .ifPresent(destination -> json.set("destination", AdminStatus.destination(destination)));
        Spool spool = spools.all().get(WebhookConfig.spool(name));
        if (spool != null) {
            json.put("pending", spool.pending());
            spool.history().find(Search.ALL.page(Long.MAX_VALUE, 1)).stream()
                    .findFirst()
                    .ifPresent(last -> json.set("last", last(last)));
        }
        return json;
    }

    private static ObjectNode last(TracedEvent last) {
        EventStep step = last.steps().get(0);
        return AdminJson.object()
                .put("seq", last.event().seq())
                .put("receivedAt", last.event().receivedAt().toString())
                .put("outcome", step.outcome())
                .put("reason", step.reason());
    }

    private void test(RoutingContext http) {
        String name = http.pathParam("name");
        WebhookConfig.Webhook webhook = config.byName().get(name);
        if (webhook == null) {
            throw new AdminRefusal(
                    404,
                    "name: unknown, expected one of " + String.join(", ", new TreeMap<>(config.byName()).keySet()));
        }
        String secret = webhook.secret()
                .orElseThrow(
                        () -> new AdminRefusal(400, "webhook." + name + ".secret: missing, expected one to sign with"));
        TestWebhook.Posted posted = test.post(name, secret);
        LOG.infof("webhook %s: a test was posted, an operator asked for it; status %d", name, posted.status());
        AdminAnswer.send(
                http, AdminJson.object().put("status", posted.status()).put("deliveryId", posted.deliveryId()));
    }
}
