package dev.listrakrelay.queue;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.policy.JmsDefaultDeserializationPolicy;
import org.apache.qpid.jms.policy.JmsDefaultPrefetchPolicy;

/** Opens the connections of the AMQP source with the settings of {@code source.amqp.*}, so no route contains a password. */
@Singleton
public class AmqpConnections {

    /** The messages that a consumer may hold before they are stored. After a crash, the broker counts one attempt for each. */
    private static final int PREFETCHED = 50;

    @Produces
    @Singleton
    @Named("amqpSource")
    ConnectionFactory connections(AmqpConfig config, SourceRefusals refusals) {
        JmsConnectionFactory connections = new LetIn(refusals.of("amqp"));
        connections.setRemoteURI(config.url().orElse("amqp://source.amqp.url.invalid"));
        connections.setUsername(config.username().orElse(null));
        connections.setPassword(config.password().orElse(null));
        config.caFile().map(TrustedByFile::context).ifPresent(connections::setSslContext);
        JmsDefaultPrefetchPolicy prefetch = new JmsDefaultPrefetchPolicy();
        prefetch.setAll(PREFETCHED);
        connections.setPrefetchPolicy(prefetch);
        JmsDefaultDeserializationPolicy nothing = new JmsDefaultDeserializationPolicy();
        nothing.setDenyList("*");
        connections.setDeserializationPolicy(nothing);
        return connections;
    }

    /** Tells whether the broker lets us in. */
    private static final class LetIn extends JmsConnectionFactory {

        private final transient SourceRefusal refusal;

        LetIn(SourceRefusal refusal) {
            this.refusal = refusal;
        }

        @Override
        public Connection createConnection(String username, String password) throws JMSException {
            try {
                Connection connection = super.createConnection(username, password);
                refusal.notRefused(true);
                return connection;
            } catch (JMSException e) {
                if (isRefused(e)) {
                    refusal.refused(e);
                }
                throw e;
            }
        }

        /** Returns whether the broker refused the login, or the relay refused the broker's certificate. */
        private static boolean isRefused(JMSException e) {
            return e instanceof JMSSecurityException
                    || Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                            .anyMatch(cause -> cause instanceof GeneralSecurityException);
        }
    }
}
