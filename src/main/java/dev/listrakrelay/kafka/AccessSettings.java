package dev.listrakrelay.kafka;

import java.util.Properties;

/** Turns the login and certificate settings into properties of Kafka's clients. */
public final class AccessSettings {

    private AccessSettings() {}

    public static Properties of(KafkaAccess access) {
        Properties settings = new Properties();
        settings.put(
                "security.protocol",
                (access.username().isPresent() ? "SASL_" : "") + (access.tls() ? "SSL" : "PLAINTEXT"));
        access.caFile().ifPresent(file -> {
            settings.put("ssl.truststore.type", "PEM");
            settings.put("ssl.truststore.location", file.toString());
        });
        access.certificateFile().ifPresent(file -> {
            settings.put("ssl.keystore.type", "PEM");
            settings.put("ssl.keystore.location", file.toString());
        });
        access.username().ifPresent(name -> {
            settings.put("sasl.mechanism", access.saslMechanism().kafkaName());
            settings.put(
                    "sasl.jaas.config",
                    access.saslMechanism().module() + " required username=" + quoted(name) + " password="
                            + quoted(access.password().orElse("")) + ";");
        });
        return settings;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
