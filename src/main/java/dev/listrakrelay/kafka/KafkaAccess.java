package dev.listrakrelay.kafka;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The login and certificate settings of a Kafka cluster, the same for the source, the spool and the delivery log. */
public interface KafkaAccess {

    /** Whether the relay connects to the cluster by TLS. */
    @WithDefault("false")
    boolean tls();

    /** The PEM file with the trusted CA certificates. If unset, the relay trusts Java's CA certificates. */
    Optional<Path> caFile();

    /** The PEM file with the relay's own certificate and key, for a cluster that requires a client certificate. */
    Optional<Path> certificateFile();

    /** The SASL user name. If unset, SASL is off. */
    Optional<String> username();

    /** The password of the SASL user name. */
    Optional<String> password();

    /** The SASL mechanism. */
    @WithDefault("plain")
    Mechanism saslMechanism();

    /** The SASL mechanisms with a user name and a password. */
    enum Mechanism {
        PLAIN("PLAIN", "plain.PlainLoginModule"),
        SCRAM_SHA_256("SCRAM-SHA-256", "scram.ScramLoginModule"),
        SCRAM_SHA_512("SCRAM-SHA-512", "scram.ScramLoginModule");

        private final String kafkaName;
        private final String module;

        Mechanism(String kafkaName, String module) {
            this.kafkaName = kafkaName;
            this.module = module;
        }

        /** Returns its name in Kafka's configuration. */
        String kafkaName() {
            return kafkaName;
        }

        /** Returns Kafka's class for it. */
        String module() {
            return "org.apache.kafka.common.security." + module;
        }
    }
}
