package dev.listrakrelay.kafka;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** How to get into a Kafka cluster; the same keys under each prefix that names one. */
public interface KafkaAccess {

    /** Whether connections are encrypted. */
    @WithDefault("false")
    boolean tls();

    /** Whose certificates are trusted, in PEM; without it those that Java trusts. */
    Optional<Path> caFile();

    /** Our own certificate and its key, in PEM, where the cluster asks for one. */
    Optional<Path> certificateFile();

    /** Who we are by SASL; without it there is none. */
    Optional<String> username();

    /** The password that goes with it. */
    Optional<String> password();

    /** How it is shown. */
    @WithDefault("plain")
    Mechanism saslMechanism();

    /** The mechanisms of SASL that take a name and a password. */
    enum Mechanism {
        PLAIN("PLAIN", "plain.PlainLoginModule"),
        SCRAM_SHA_256("SCRAM-SHA-256", "scram.ScramLoginModule"),
        SCRAM_SHA_512("SCRAM-SHA-512", "scram.ScramLoginModule");

        private final String called;
        private final String module;

        Mechanism(String called, String module) {
            this.called = called;
            this.module = module;
        }

        /** Its name in Kafka's configuration. */
        String called() {
            return called;
        }

        /** Kafka's class that speaks it. */
        String module() {
            return "org.apache.kafka.common.security." + module;
        }
    }
}
