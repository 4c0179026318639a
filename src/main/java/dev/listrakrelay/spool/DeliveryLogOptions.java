package dev.listrakrelay.spool;

import java.util.Optional;

/**
 * Says what the spools write into the delivery log.
 *
 * @param contact how a record names the contact
 * @param maxUnsent the most records that a spool keeps until they are sent
 * @param topic the topic of the records, if the spools are topics
 */
public record DeliveryLogOptions(LoggedContact contact, long maxUnsent, String topic) {

    /** The configured options; empty if the log is off. */
    public static Optional<DeliveryLogOptions> of(DeliveryLogConfig config, DeliveryLogKafkaConfig kafka) {
        return config.enabled()
                ? Optional.of(new DeliveryLogOptions(config.contact(), config.maxUnsent(), kafka.topic()))
                : Optional.empty();
    }
}
