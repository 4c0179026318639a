package dev.listrakrelay.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Accepts only requests with a valid write key: as Basic user name (as Segment's SDKs send it), as bearer token, or as
 * {@code writeKey} in the body.
 */
@ApplicationScoped
@Named("writeKey")
public class WriteKey implements Processor {

    private static final int UNKNOWN = -1;

    private final List<byte[]> keys;
    private final KeyRates rates;

    WriteKey(RestConfig config, KeyRates rates) {
        this.rates = rates;
        keys = RestConfig.allKeys(config).stream()
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /**
     * @throws UnreadableRequest with status 401 if the key is missing or unknown; with 400 or 413 if the body is invalid before its key
     * @throws RateExceeded if the key must wait
     */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String given = fromHeader(message.getHeader("Authorization", String.class));
        if (given == null) {
            given = fromBody(message.getBody(byte[].class));
        }
        int key = given == null ? UNKNOWN : indexOf(given);
        if (key == UNKNOWN) {
            throw UnreadableRequest.unauthorized();
        }
        KeyRate rate = rates.of(key);
        if (rate != null) {
            rate.requirePermit();
            Intake.of(exchange).with(rate).attachTo(exchange);
        }
    }

    /**
     * Whether a request with the key in this header may be read: the key is valid, and need not wait. Empty if the header has no
     * key, because the body can have it.
     */
    Optional<Boolean> isAdmittedBy(String authorization) {
        return Optional.ofNullable(fromHeader(authorization)).map(this::indexOf).map(this::isAdmitted);
    }

    private boolean isAdmitted(int key) {
        KeyRate rate = key == UNKNOWN ? null : rates.of(key);
        return key != UNKNOWN && (rate == null || !rate.isUsedUp());
    }

    /** Compares with every key in constant time, so that the time reveals nothing about a key. */
    private int indexOf(String text) {
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        int index = UNKNOWN;
        for (int i = 0; i < keys.size(); i++) {
            if (MessageDigest.isEqual(keys.get(i), given)) {
                index = i;
            }
        }
        return index;
    }

    private static String fromHeader(String authorization) {
        if (authorization == null) {
            return null;
        }
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return authorization.substring(7).strip();
        }
        if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                byte[] pair =
                        Base64.getDecoder().decode(authorization.substring(6).strip());
                return new String(pair, StandardCharsets.UTF_8).split(":", 2)[0];
            } catch (IllegalArgumentException notBase64) {
                return null;
            }
        }
        return null;
    }

    private static String fromBody(byte[] body) {
        if (body == null || body.length == 0) {
            return null;
        }
        RequestReader.check(body);
        try (JsonParser parser = RequestReader.JSON.createParser(body)) {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            while (isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isKey = parser.currentName().equals("writeKey");
                if (parser.nextToken() == JsonToken.VALUE_STRING && isKey) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
            while (parser.nextToken() != null) {
                // reads to the end, so that the answer to invalid JSON names that mistake, not a missing key
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            throw RequestReader.unreadable(e);
        }
    }
}
