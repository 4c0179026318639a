package dev.listrakrelay.packaged;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.qpid.jms.JmsConnectionFactory;

/** An Artemis broker that speaks AMQP 1.0. */
final class ArtemisBroker extends Broker {

    static final String USER = "shop";
    static final String PASSWORD = "s3cret; =word";

    private final Optional<Keys> keys;
    private String password = PASSWORD;

    /** A broker without TLS and login. */
    ArtemisBroker(Path folder) {
        this(folder, Optional.empty());
    }

    private ArtemisBroker(Path folder, Optional<Keys> keys) {
        super(folder);
        this.keys = keys;
    }

    /** A broker that requires TLS, and accepts only the user {@link #USER}. */
    static ArtemisBroker guarded(Path folder, Keys keys) {
        return new ArtemisBroker(folder, Optional.of(keys));
    }

    /** Changes the user's password, from the next start on. */
    ArtemisBroker knowing(String newPassword) {
        password = newPassword;
        return this;
    }

    String url() {
        return (keys.isPresent() ? "amqps" : "amqp") + "://localhost:" + port;
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(
                List.of("src/test/resources/brokers/Artemis.java", folder.toString(), String.valueOf(port)));
        keys.ifPresent(of -> command.addAll(List.of(of.store().toString(), Keys.PASSWORD, USER, password)));
        return command;
    }

    private Connection connect(String url) throws JMSException {
        String trusting = keys.map(of -> "?transport.trustStoreLocation=" + of.store()
                        + "&transport.trustStoreType=PKCS12&transport.trustStorePassword=" + Keys.PASSWORD)
                .orElse("");
        JmsConnectionFactory connections = new JmsConnectionFactory(url.formatted(url() + trusting));
        return keys.isPresent() ? connections.createConnection(USER, password) : connections.createConnection();
    }

    @Override
    boolean isUp() {
        try (Connection connection = connect("%s")) {
            connection.start();
            return true;
        } catch (JMSException notYet) {
            return false;
        }
    }

    /** Makes the messages to send, by number. */
    interface Sending {
        Message make(Session session, int number) throws JMSException;
    }

    /**
     * Sends this many messages to a queue, one after the other, and reconnects if the broker is down. Each message is
     * on the broker's disk before the next is sent.
     */
    void send(String queue, int messages, Sending sending) {
        String failover = "failover:(%s)?failover.reconnectDelay=100&failover.maxReconnectDelay=500";
        try (Connection connection = connect(failover)) {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(session.createQueue(queue));
            for (int i = 0; i < messages; i++) {
                producer.send(sending.make(session, i));
            }
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Receives all messages of a queue. Returns their number. */
    int receive(String queue) {
        try (Connection connection = connect("%s")) {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            int messages = 0;
            while (consumer.receive(1_000) != null) {
                messages++;
            }
            return messages;
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    static BytesMessage bytes(Session session, String text) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return message;
    }
}
