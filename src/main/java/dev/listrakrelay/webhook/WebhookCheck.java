package dev.listrakrelay.webhook;

import dev.listrakrelay.settings.ConfiguredName;
import io.quarkus.runtime.configuration.DurationConverter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Checks the settings of one webhook, except for the type of each value. */
public final class WebhookCheck {

    /**
     * A spool recognises duplicates for 24 h. A timestamp in the future by the tolerance stays valid for twice the tolerance.
     * With more than 12 h, an attacker could therefore repeat a webhook that the spool no longer recognises.
     */
    private static final Duration MOST_TOLERANCE = Duration.ofHours(12);

    private WebhookCheck() {}

    /**
     * Returns the mistakes in the settings, each as <em>where: what, expected, found</em>. Values of a wrong type are checked elsewhere.
     *
     * @param isSecretRequired whether the webhook must have a secret
     * @param values returns a configured value by the last part of its key
     */
    public static List<String> mistakes(
            String name, boolean isSecretRequired, Function<String, Optional<String>> values) {
        ConfiguredName webhook = new ConfiguredName("webhook", name);
        List<String> mistakes = new ArrayList<>();
        webhook.mistake().ifPresent(mistakes::add);
        if (isSecretRequired && values.apply("secret").isEmpty()) {
            mistakes.add(webhook
                    + ".secret: missing, expected the secret that Journey Hub signs with; without it, anyone could"
                    + " post webhooks. Set " + webhook.variable("secret"));
        }
        values.apply("tolerance")
                .flatMap(WebhookCheck::duration)
                .filter(tolerance -> tolerance.isNegative() || tolerance.compareTo(MOST_TOLERANCE) > 0)
                .ifPresent(
                        tolerance -> mistakes.add(webhook + ".tolerance: expected at most " + MOST_TOLERANCE.toHours()
                                + "h, because duplicates are recognized for 24h; found " + tolerance));
        boolean isPrivateAllowed =
                values.apply("allow-private").map(Boolean::parseBoolean).orElse(false);
        values.apply("forward-url")
                .filter(url -> !isPrivateAllowed && !url.startsWith("https://"))
                .ifPresent(url -> mistakes.add(webhook + ".forward-url: expected https, found " + scheme(url)
                        + "; or set " + webhook + ".allow-private=true"));
        values.apply("forward-secret")
                .filter(secret -> !isBase64(secret))
                .ifPresent(secret ->
                        mistakes.add(webhook + ".forward-secret: expected base64, with or without whsec_ before it,"
                                + " found a different value"));
        return mistakes;
    }

    private static Optional<Duration> duration(String text) {
        try {
            return Optional.ofNullable(DurationConverter.parseDuration(text));
        } catch (IllegalArgumentException reportedElsewhere) {
            return Optional.empty();
        }
    }

    private static String scheme(String url) {
        try {
            return String.valueOf(URI.create(url).getScheme());
        } catch (IllegalArgumentException notAUrl) {
            return "no URL";
        }
    }

    private static boolean isBase64(String secret) {
        try {
            return SignWebhook.key(secret).length > 0;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
