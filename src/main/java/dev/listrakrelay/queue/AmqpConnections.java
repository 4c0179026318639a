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
    private static final int MAX_PREFETCHED = 50;

    @Produces
    @Singleton
    @Named("amqpSource")
    ConnectionFactory factory(AmqpConfig config, SourceRefusals refusals) {
        JmsConnectionFactory factory = new RefusalRecorder(refusals.of("amqp"));
        factory.setRemoteURI(config.url().orElse("amqp://source.amqp.url.invalid"));
        factory.setUsername(config.username().orElse(null));
        factory.setPassword(config.password().orElse(null));
        config.caFile().map(TrustedCertificates::context).ifPresent(factory::setSslContext);
        JmsDefaultPrefetchPolicy prefetch = new JmsDefaultPrefetchPolicy();
        prefetch.setAll(MAX_PREFETCHED);
        factory.setPrefetchPolicy(prefetch);
        JmsDefaultDeserializationPolicy denyAll = new JmsDefaultDeserializationPolicy();
        denyAll.setDenyList("*");
        factory.setDeserializationPolicy(denyAll);
        return factory;
    }

    /** Records for each connection whether the broker accepts or refuses it. */
    private static final class RefusalRecorder extends JmsConnectionFactory {

        private final transient SourceRefusal refusal;

        RefusalRecorder(SourceRefusal refusal) {
            this.refusal = refusal;
        }

        @Override
        public Connection createConnection(String username, String password) throws JMSException {
            try {
                Connection connection = super.createConnection(username, password);
                refusal.accepted(true);
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
