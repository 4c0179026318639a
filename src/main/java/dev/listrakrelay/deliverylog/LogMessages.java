package dev.listrakrelay.deliverylog;

import dev.listrakrelay.spool.engine.DeliveryRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;

/** Turns lines of the delivery log into messages for a Kafka topic, one for each record. The contact is the key. */
@ApplicationScoped
@Named("logMessages")
public class LogMessages implements Processor {

    @Override
    public void process(Exchange exchange) {
        String lines = new String(exchange.getMessage().getBody(byte[].class), StandardCharsets.UTF_8);
        List<Message> messages =
                lines.lines().map(line -> message(exchange, line)).toList();
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(messages);
    }

    private static Message message(Exchange exchange, String line) {
        Message message = new DefaultMessage(exchange);
        message.setHeader(KafkaConstants.KEY, DeliveryRecord.read(line).key());
        message.setBody(line);
        return message;
    }
}
