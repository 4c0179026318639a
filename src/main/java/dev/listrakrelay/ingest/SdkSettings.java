package dev.listrakrelay.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Answers with the settings that {@code @segment/analytics-next} loads from its {@code cdnURL} before it posts
 * anything. They name no destinations and no metrics, and send events to the host of the request.
 *
 * <p>The answer repeats the request and reveals nothing else, not even whether the write key is valid.
 */
@ApplicationScoped
@Named("sdkSettings")
public class SdkSettings implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String writeKey = message.getHeader("writeKey", "", String.class);
        String host = message.getHeader("Host", "", String.class);
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putObject("integrations")
                .putObject("Segment.io")
                .put("apiKey", writeKey)
                .put("apiHost", host + "/v1")
                .put("addBundledMetadata", false);
        settings.putObject("metrics").put("sampleRate", 0);
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        // the answer depends on the request's host
        message.setHeader("Cache-Control", "no-store");
        message.setBody(settings.toString().getBytes(StandardCharsets.UTF_8));
    }
}
