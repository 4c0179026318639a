package dev.listrakrelay.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads the body of a call. */
final class AdminBody {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AdminBody() {}

    /** Its bytes; none where there is no body. */
    static byte[] bytes(RoutingContext http) {
        Buffer body = http.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    /**
     * Its JSON; a missing node where there is no body.
     *
     * @param expected what it is to be, for whoever sent something else
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
