package dev.listrakrelay.queue;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.jms.ConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.policy.JmsDefaultDeserializationPolicy;
import org.apache.qpid.jms.policy.JmsDefaultPrefetchPolicy;

/** Opens the AMQP source's connections as {@code source.amqp.*} says; so no password stands in an endpoint's URI. */
@Singleton
public class AmqpConnections {

    /** What a consumer holds that is not stored yet; after a crash the broker counts those as tried once more. */
    private static final int PREFETCHED = 50;

    @Produces
    @Singleton
    @Named("amqpSource")
    ConnectionFactory connections(AmqpConfig config) {
        JmsConnectionFactory connections = new JmsConnectionFactory();
        connections.setRemoteURI(config.url().orElse("amqp://source.amqp.url.invalid"));
        connections.setUsername(config.username().orElse(null));
        connections.setPassword(config.password().orElse(null));
        JmsDefaultPrefetchPolicy prefetch = new JmsDefaultPrefetchPolicy();
        prefetch.setAll(PREFETCHED);
        connections.setPrefetchPolicy(prefetch);
        JmsDefaultDeserializationPolicy nothing = new JmsDefaultDeserializationPolicy();
        nothing.setDenyList("*");
        connections.setDeserializationPolicy(nothing);
        return connections;
    }
}
