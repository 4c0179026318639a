package dev.listrakrelay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One event of a request that Listrak takes, with the verdict on its recipient.
 *
 * @param identifiers as sent
 * @param dataFields as sent; empty if the event had none
 */
record SentEvent(ArrayNode identifiers, ObjectNode dataFields) {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@A-Z]+@[^\\s@A-Z]+\\.[^\\s@A-Z]+");

    /**
     * Says what is wrong with the recipient though the request is well formed: an e-mail is sent raw, trimmed and
     * lower-cased (listrak-api.md, section 2), so anything else would find no contact.
     */
    Optional<String> recipientMistake() {
        for (JsonNode identifier : identifiers) {
            boolean email =
                    "EmailAddress".equals(identifier.path("identifierType").asText());
            if (email
                    && !EMAIL.matcher(identifier.path("identifierValue").asText())
                            .matches()) {
                return Optional.of("EmailAddress: expected an e-mail address, raw, trimmed and lower-cased");
            }
        }
        return Optional.empty();
    }

    /** This event's line of the answer's {@code data}; listrak-api.md, section 3. */
    ObjectNode answer() {
        Optional<String> mistake = recipientMistake();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("identifiers", identifiers);
        answer.put("statusCode", mistake.isPresent() ? 400 : 200);
        ArrayNode errors = answer.putArray("errors");
        mistake.ifPresent(message ->
                errors.addObject().put("errorType", "InvalidIdentifier").put("errorMessage", message));
        return answer;
    }
}
