package dev.listrakrelay.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Configures where alerts are sent, and when. Without a URL there are none. */
@ConfigMapping(prefix = "alerts")
public interface AlertsConfig {

    /** The name of the spool that holds alerts until they are delivered, and of their destination. */
    String SPOOL = "alerts";

    /** The address that alerts are posted to. It is a secret, because a chat's address contains its key. */
    Optional<URI> url();

    /** The value of the header {@code Authorization}. */
    Optional<String> authorization();

    /** The address of the relay's page, as an on-call engineer opens it: {@code http://localhost:9000}. */
    Optional<URI> pageUrl();

    /** How often the relay looks for problems. */
    @WithDefault("5s")
    Duration checkInterval();

    /** How long a problem must be gone before the alert is resolved. */
    @WithDefault("2m")
    Duration resolveAfter();

    /** The time until a problem that persists is told again. */
    @WithDefault("4h")
    Duration reminder();

    /** The most alerts a minute; the rest is told in one summary. */
    @WithDefault("5")
    @Min(1)
    @Max(60)
    int perMinute();

    /** How long the oldest event of a spool, or the oldest record of a delivery log, may wait. */
    @WithDefault("15m")
    Duration oldPending();

    /** How long after the last dead letter of a kind the problem is over. */
    @WithDefault("1h")
    Duration deadLetters();

    /** The age at which an alert becomes a dead letter if its delivery fails. */
    @WithDefault("24h")
    Duration maxAge();

    /** The longest time from the first byte of a request to the last byte of its answer. */
    @WithDefault("30s")
    Duration deadline();

    /** Whether the relay may send alerts by http, and to a private or loopback address. */
    @WithDefault("false")
    boolean allowPrivate();
}
