package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.listrakrelay.mapping.JsonTree;
import dev.listrakrelay.settings.ConfiguredName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Converts JSON of a configured shape into events. The last part of the path names the shape.
 *
 * <p>Out: JSON for {@code direct:ingest}; the exchange property {@code shape} has the shape's name. Depth, digits and
 * duplicate keys are checked here, because a shape's paths can read any part of the body.
 */
@ApplicationScoped
@Named("readShape")
public class ReadShape implements Processor {

    static final String NAME = "shape";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(EventReader.MAX_DEPTH)
                    .maxNumberLength(EventReader.MAX_DIGITS)
                    .maxNameLength(RequestReader.MAX_REQUEST_BYTES)
                    .build())
            .build();

    private final Map<String, Shape> shapes;

    ReadShape(ShapesConfig config) {
        shapes = config.byName().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, shape -> new Shape(shape.getValue())));
    }

    /** @throws UnreadableRequest with status 400, 404 or 413 */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        // not the header of the path's variable: a caller can send a header of that name and add a second value
        String path = message.getHeader(Exchange.HTTP_PATH, "", String.class);
        String name = ConfiguredName.lastSegment(path);
        Shape shape = shapes.get(name);
        if (shape == null) {
            throw UnreadableRequest.unknownShape();
        }
        exchange.setProperty(NAME, name);
        byte[] body = message.getBody(byte[].class);
        message.setBody(shape.events(tree(body)).getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode tree(byte[] body) {
        RequestReader.check(body);
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == null) {
                throw UnreadableRequest.malformed("body: empty, expected JSON");
            }
            JsonNode tree = JsonTree.value(parser);
            if (parser.nextToken() != null) {
                throw UnreadableRequest.malformed("body: more than one JSON value, expected one");
            }
            return tree;
        } catch (StreamConstraintsException e) {
            throw UnreadableRequest.malformed("body: nested too deep, or a number too long, expected at most "
                    + EventReader.MAX_DEPTH + " levels and " + EventReader.MAX_DIGITS + " digits");
        } catch (JacksonException e) {
            throw UnreadableRequest.malformed("body: not JSON, or a duplicate key in an object, at byte "
                    + e.getLocation().getByteOffset());
        } catch (IOException e) {
            throw UnreadableRequest.malformed("body: not readable");
        }
    }
}
