package dev.listrakrelay.spool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Configures the delivery log: a record of each settled event, for a warehouse ({@code delivery-log.*}). */
@ConfigMapping(prefix = "delivery-log")
public interface DeliveryLogConfig {

    /** Whether the delivery log is on. */
    @WithDefault("false")
    boolean enabled();

    /** Where the records go. If {@code spool.engine} is {@code kafka}, only {@code kafka} is possible. */
    @WithDefault("file")
    Target to();

    /** How a record names the contact. */
    @WithDefault("hash")
    LoggedContact contact();

    /** The folder of the files, one for each day. Required for {@code file}. */
    Optional<Path> dir();

    /** The address that the records are posted to. Required for {@code http}. */
    Optional<URI> url();

    /** The bearer token of these requests. If unset, they have no Authorization header. */
    Optional<String> token();

    /** The most records in a write or a request, 1 to 10,000. */
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int batchSize();

    /** The most records that a spool keeps until they are sent, 1,000 to 1,000,000,000. Beyond it, the oldest are lost. */
    @WithDefault("2000000")
    @Min(1_000)
    @Max(1_000_000_000)
    long maxUnsent();

    /** Where records can go. */
    enum Target {
        /** Files of a folder. */
        FILE,
        /** An HTTP address. */
        HTTP,
        /** A topic of a Kafka cluster. */
        KAFKA
    }
}
