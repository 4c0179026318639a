package dev.listrakrelay.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads the body of a call as bytes or as JSON. */
final class AdminBody {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AdminBody() {}

    /** Returns the bytes of the body; empty if there is no body. */
    static byte[] bytes(RoutingContext http) {
        Buffer body = http.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    /**
     * Returns the JSON of the body; a missing node if there is no body.
     *
     * @param expected the expected content, for the error message
     */
    static JsonNode json(RoutingContext http, String expected) {
        try {
            return JSON.readTree(bytes(http));
        } catch (JsonProcessingException notJson) {
            throw AdminRefusal.of("body", expected, "no JSON");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
