package dev.listrakrelay.webhook;

import dev.listrakrelay.http.BodyShare;
import dev.listrakrelay.http.HeadCheck;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Rejects a webhook by its path and headers, before its body is read, if it can't be genuine. */
@ApplicationScoped
public class WebhookHeadCheck implements HeadCheck {

    private final VerifyWebhook webhooks;

    WebhookHeadCheck(VerifyWebhook webhooks) {
        this.webhooks = webhooks;
    }

    @Override
    public Optional<Sender> sender(String path, HttpServerRequest head) {
        if (!path.startsWith(WebhookConfig.PATH)) {
            return Optional.empty();
        }
        boolean mayBeGenuine = webhooks.isConfigured(path)
                && SignatureVerifier.isTimestamp(head.headers().getAll("LTK-Timestamp"))
                && head.headers().getAll("LTK-HmacSignature").size() == 1;
        return Optional.of(mayBeGenuine ? Sender.of(BodyShare.WEBHOOK) : Sender.refused());
    }
}
