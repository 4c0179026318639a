package dev.listrakrelay.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.Optional;

/** Which queue of which AMQP 1.0 broker holds events, and how to get in. */
@ConfigMapping(prefix = "source.amqp")
public interface AmqpConfig {

    /** Whether the AMQP source takes events. */
    @WithDefault("false")
    boolean enabled();

    /** Where the broker is, amqp or amqps; Qpid JMS's options after a question mark. Needed. */
    Optional<String> url();

    /** The queue to take events from. Needed. */
    Optional<String> queue();

    /** Whose certificates are trusted, in PEM; without it those that Java trusts. */
    Optional<Path> caFile();

    /** Who we are; without it we are nobody. */
    Optional<String> username();

    /** The password that goes with it. */
    Optional<String> password();

    /** How many consumers take side by side, 1 to 64, each a message at a time; with 1 messages keep their order. */
    @WithDefault("8")
    @Min(1)
    @Max(64)
    int consumers();
}
