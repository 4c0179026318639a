package dev.listrakrelay.listrak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Finds the recipients that failed although the answer is 2xx: by {@code data[].statusCode} and the identifiers beside it
 * (listrak-api §3). If the answer lists no recipient, all of them succeeded.
 */
final class FailedRecipients {

    private static final ObjectMapper JSON = new ObjectMapper();

    private FailedRecipients() {}

    /** Listrak's answer for one failed recipient. */
    record Failed(int status, String message) {
        boolean isRetryable() {
            return status == 408 || status == 429 || status >= 500;
        }
    }

    /** Returns the failed recipients by identifier, in lower case. */
    static Map<String, Failed> failed(byte[] answer) {
        Map<String, Failed> failed = new HashMap<>();
        for (JsonNode recipient : data(answer)) {
            int status = recipient.path("statusCode").asInt(200);
            if (status / 100 != 2) {
                for (JsonNode identifier : recipient.path("identifiers")) {
                    failed.put(
                            identifier.path("identifierValue").asText().toLowerCase(Locale.ROOT),
                            new Failed(status, recipient.path("errors").toString()));
                }
            }
        }
        return failed;
    }

    /** Returns the failure of a delivery's recipient; null if it did not fail. */
    static Failed of(Delivery delivery, Map<String, Failed> failed) {
        if (failed.isEmpty()) {
            return null;
        }
        return delivery.contact().stream()
                .map(identifier -> failed.get(identifier.toLowerCase(Locale.ROOT)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static JsonNode data(byte[] answer) {
        try {
            return JSON.readTree(answer).path("data");
        } catch (IOException notJson) {
            return JSON.createArrayNode();
        }
    }
}
