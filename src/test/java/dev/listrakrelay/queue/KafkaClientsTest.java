package dev.listrakrelay.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The security settings of the Kafka source become settings of Kafka's client. */
class KafkaClientsTest {

    private final Map<String, String> settings = new HashMap<>();

    @Test
    void nothingIsEncryptedOrShownUnlessItIsConfigured() {
        // when
        Properties client = client();

        // then
        assertThat(client.get("security.protocol"), is("PLAINTEXT"));
        assertThat(client.containsKey("sasl.jaas.config"), is(false));
        assertThat("no topic is made", client.get("allow.auto.create.topics"), is(false));
        assertThat("what was taken back is not read", client.get("isolation.level"), is("read_committed"));
    }

    @Test
    void aNameAndAPasswordAreSetUnchangedForTheMechanism() {
        // given
        settings.put("source.kafka.tls", "true");
        settings.put("source.kafka.username", "shop");
        settings.put("source.kafka.password", "a\"b\\c; d=e");
        settings.put("source.kafka.sasl-mechanism", "scram-sha-512");

        // when
        Properties client = client();

        // then
        assertThat(client.get("security.protocol"), is("SASL_SSL"));
        assertThat(client.get("sasl.mechanism"), is("SCRAM-SHA-512"));
        assertThat(
                client.get("sasl.jaas.config"),
                is(
                        """
                        org.apache.kafka.common.security.scram.ScramLoginModule required username="shop"\
                         password="a\\"b\\\\c; d=e";"""));
    }

    @Test
    void certificatesAreReadFromPemFiles() {
        // given
        settings.put("source.kafka.tls", "true");
        settings.put("source.kafka.ca-file", "/etc/ca.pem");
        settings.put("source.kafka.certificate-file", "/etc/own.pem");

        // when
        Properties client = client();

        // then
        assertThat(client.get("security.protocol"), is("SSL"));
        assertThat(client.get("ssl.truststore.type"), is("PEM"));
        assertThat(client.get("ssl.truststore.location"), is("/etc/ca.pem"));
        assertThat(client.get("ssl.keystore.type"), is("PEM"));
        assertThat(client.get("ssl.keystore.location"), is("/etc/own.pem"));
    }

    private Properties client() {
        KafkaConfig config = new SmallRyeConfigBuilder()
                .withMapping(KafkaConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build()
                .getConfigMapping(KafkaConfig.class);
        return new KafkaClients(config, null, null).settings();
    }
}
