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
 * Makes the settings that {@code @segment/analytics-next} loads from its {@code cdnURL} before it posts anything: no
 * destinations, no metrics, and its events to the host it asked. Holds what the request says and nothing of ours, not even
 * whether the write key is known.
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
        // it holds the host it was asked by
        message.setHeader("Cache-Control", "no-store");
        message.setBody(settings.toString().getBytes(StandardCharsets.UTF_8));
    }
}
