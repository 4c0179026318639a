package dev.listrakrelay.webhook;

import dev.listrakrelay.http.BodyShare;
import dev.listrakrelay.http.HeadCheck;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Checks the headers of a webhook, and refuses a webhook that can't be genuine before its body is read. */
@ApplicationScoped
public class WebhookHeadCheck implements HeadCheck {

    private static final String PATH = "/webhooks/listrak/";

    private final VerifyWebhook webhooks;

    WebhookHeadCheck(VerifyWebhook webhooks) {
        this.webhooks = webhooks;
    }

    @Override
    public Optional<Sender> sender(String path, HttpServerRequest head) {
        if (!path.startsWith(PATH)) {
            return Optional.empty();
        }
        boolean mayBeGenuine = webhooks.isThere(path)
                && WebhookVerifier.isTimestamp(head.headers().getAll("LTK-Timestamp"))
                && head.headers().getAll("LTK-HmacSignature").size() == 1;
        return Optional.of(mayBeGenuine ? Sender.of(BodyShare.WEBHOOK) : Sender.refused());
    }
}
