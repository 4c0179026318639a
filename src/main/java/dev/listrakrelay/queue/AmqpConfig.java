package dev.listrakrelay.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of the AMQP source: the AMQP 1.0 broker, its queue, and the credentials. */
@ConfigMapping(prefix = "source.amqp")
public interface AmqpConfig {

    /** Whether the AMQP source is on. */
    @WithDefault("false")
    boolean enabled();

    /** The broker's URL, with amqp or amqps; Qpid JMS options follow a question mark. Required. */
    Optional<String> url();

    /** The queue to read events from. Required. */
    Optional<String> queue();

    /** The PEM file with the trusted CA certificates. If unset, the relay trusts Java's CA certificates. */
    Optional<Path> caFile();

    /** The user name. If unset, the relay connects without a login. */
    Optional<String> username();

    /** The password of the user name. */
    Optional<String> password();

    /** The number of parallel consumers, 1 to 64. Each reads one message at a time; with 1, messages stay in order. */
    @WithDefault("8")
    @Min(1)
    @Max(64)
    int consumers();
}
