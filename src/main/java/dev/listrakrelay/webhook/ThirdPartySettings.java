package dev.listrakrelay.webhook;

import java.time.Duration;

/**
 * Says how the relay may send requests to a third party.
 *
 * @param prefix the start of its keys, for messages
 * @param urlKey the key of its address, for messages, which never contain the address
 * @param deadline the longest time of a request
 * @param isPrivateAllowed whether http, and private and loopback addresses are allowed
 */
public record ThirdPartySettings(String prefix, String urlKey, Duration deadline, boolean isPrivateAllowed) {

    static ThirdPartySettings of(String name, WebhookConfig.Webhook webhook) {
        String prefix = "webhook." + name;
        return new ThirdPartySettings(prefix, prefix + ".forward-url", webhook.deadline(), webhook.allowPrivate());
    }
}
