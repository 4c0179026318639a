package dev.listrakrelay.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of all webhooks, by name: lower-case letters and digits, with single hyphens between them. */
@ConfigMapping(prefix = "webhook")
public interface WebhookConfig {

    @WithParentName
    Map<String, Webhook> byName();

    /** The settings of one webhook: how the relay verifies it, and where the relay forwards it. */
    interface Webhook {

        /** The secret that Journey Hub signs with; required, except in the dev, test and sandbox profiles. */
        Optional<String> secret();

        /** The previous secret, which stays valid while you change the secret. */
        Optional<String> previousSecret();

        /** The largest difference between a webhook's timestamp and now, in the past or future; at most 12 h ({@link WebhookCheck}). */
        @WithDefault("15m")
        Duration tolerance();

        /** The third party's URL. */
        Optional<URI> forwardUrl();

        /** The secret to sign requests to the third party with: base64, with or without {@code whsec_} (Standard Webhooks). */
        Optional<String> forwardSecret();

        /**
         * The names of the events that start its journey; a webhook then follows the latest of these. Without names, it follows
         * the latest event of any name.
         */
        Optional<List<String>> after();

        /** The age at which a webhook becomes a dead letter if its delivery fails. */
        @WithDefault("72h")
        Duration maxAge();

        /** The longest time from the first byte of a request to the last byte of its answer. */
        @WithDefault("30s")
        Duration deadline();

        /** Whether the relay may forward it by http, and to a private or loopback address. */
        @WithDefault("false")
        boolean allowPrivate();
    }

    /** The path that Listrak posts webhooks to, before the webhook's name. */
    String PATH = "/webhooks/listrak/";

    /** Returns the path that Listrak posts a webhook to. */
    static String path(String name) {
        return PATH + name;
    }

    /** Returns the name of the spool that stores a webhook; the destination of its third party has the same name. */
    static String spool(String name) {
        return "webhook-" + name;
    }
}
