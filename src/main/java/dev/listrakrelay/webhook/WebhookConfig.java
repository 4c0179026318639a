package dev.listrakrelay.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The webhooks there are, each under a name of its own: letters, digits and hyphens. */
@ConfigMapping(prefix = "webhook")
public interface WebhookConfig {

    @WithParentName
    Map<String, Webhook> byName();

    /** Who may post it, and to whom it is forwarded. */
    interface Webhook {

        /** The secret that Journey Hub signs it with; needed outside the dev, test and sandbox profiles. */
        Optional<String> secret();

        /** The one before, which is good as well while the secret is being changed. */
        Optional<String> previousSecret();

        /** How far its timestamp may be from now, on either side; 12 h at most, see {@link WebhookCheck}. */
        @WithDefault("15m")
        Duration tolerance();

        /** Where it is posted to. */
        Optional<URI> forwardUrl();

        /** What it is signed with for them: base64, with or without {@code whsec_} before it (Standard Webhooks). */
        Optional<String> forwardSecret();

        /** How old it may get before it is a dead letter; only one whose delivery failed is looked at. */
        @WithDefault("72h")
        Duration maxAge();

        /** When a request is given up, counted from its first byte to the last byte of the answer. */
        @WithDefault("30s")
        Duration deadline();

        /** Whether it may be forwarded to a private or loopback address, and by http. */
        @WithDefault("false")
        boolean allowPrivate();
    }

    /** The spool that keeps a webhook; its third party is known to operators by the same name. */
    static String spool(String name) {
        return "webhook-" + name;
    }
}
