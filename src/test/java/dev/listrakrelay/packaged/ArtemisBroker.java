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
import java.util.List;
import org.apache.qpid.jms.JmsConnectionFactory;

/** An Artemis that speaks AMQP 1.0. */
final class ArtemisBroker extends Broker {

    ArtemisBroker(Path folder) {
        super(folder);
    }

    String url() {
        return "amqp://localhost:" + port;
    }

    @Override
    List<String> command() {
        return List.of("src/test/resources/brokers/Artemis.java", folder.toString(), String.valueOf(port));
    }

    @Override
    boolean isUp() {
        try (Connection connection = new JmsConnectionFactory(url()).createConnection()) {
            connection.start();
            return true;
        } catch (JMSException notYet) {
            return false;
        }
    }

    /** Makes and sends messages, one after the other; each is on the broker's disk before the next. */
    interface Sending {
        Message make(Session session, int number) throws JMSException;
    }

    /** Sends so many messages to a queue, however often the broker is away meanwhile. */
    void send(String queue, int messages, Sending sending) {
        String failover = "failover:(" + url() + ")?failover.reconnectDelay=100&failover.maxReconnectDelay=500";
        try (Connection connection = new JmsConnectionFactory(failover).createConnection()) {
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

    /** How many messages a queue holds, once nobody else takes them. */
    int receive(String queue) {
        try (Connection connection = new JmsConnectionFactory(url()).createConnection()) {
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
