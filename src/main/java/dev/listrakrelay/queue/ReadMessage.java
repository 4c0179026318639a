package dev.listrakrelay.queue;

import dev.listrakrelay.ingest.MessageBatch;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Reads the JSON of a text or bytes message. Rejects any other message type, and never deserialises it. */
@Singleton
@Named("readMessage")
public class ReadMessage implements Processor {

    private static final int MAX_BYTES = 1024 * 1024;

    @Override
    public void process(Exchange exchange) {
        Message message = (Message) exchange.getMessage().getBody();
        exchange.getMessage().setBody(new MessageBatch(List.of(read(message)), MessageBatch.Unreadable.DEAD_LETTER));
    }

    private static MessageBatch.Message read(Message message) {
        String position = position(message);
        try {
            if (message instanceof TextMessage text) {
                String json = text.getText();
                return new MessageBatch.Message(position, json == null ? null : json.getBytes(StandardCharsets.UTF_8));
            }
            if (message instanceof BytesMessage bytes) {
                // a retry of the same message reads from the start again
                bytes.reset();
                byte[] json = new byte[(int) Math.min(bytes.getBodyLength(), MAX_BYTES)];
                bytes.readBytes(json);
                return new MessageBatch.Message(position, json);
            }
            return MessageBatch.Message.rejected(position, "message: of another type, expected text or bytes");
        } catch (JMSException e) {
            return MessageBatch.Message.rejected(position, "message: not readable, expected text or bytes");
        }
    }

    /** Returns the message's id. A message without one gets a random id, so a repeated delivery is a new event. */
    private static String position(Message message) {
        try {
            String id = message.getJMSMessageID();
            return id == null ? UUID.randomUUID().toString() : id;
        } catch (JMSException e) {
            return UUID.randomUUID().toString();
        }
    }
}
