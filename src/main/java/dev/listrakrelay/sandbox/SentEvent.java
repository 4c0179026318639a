package dev.listrakrelay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Holds one event of a valid request, and decides whether Listrak accepts its recipient.
 *
 * @param identifiers the identifiers, as sent
 * @param dataFields the data fields, as sent; empty if the event has none
 */
record SentEvent(ArrayNode identifiers, ObjectNode dataFields) {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@A-Z]+@[^\\s@A-Z]+\\.[^\\s@A-Z]+");

    /**
     * Describes what is wrong with the recipient; empty if it is valid. Listrak finds a contact only by an e-mail address that
     * is not hashed, trimmed and lower-case (listrak-api.md, section 2).
     */
    Optional<String> recipientMistake() {
        for (JsonNode identifier : identifiers) {
            boolean isEmail =
                    "EmailAddress".equals(identifier.path("identifierType").asText());
            if (isEmail
                    && !EMAIL.matcher(identifier.path("identifierValue").asText())
                            .matches()) {
                return Optional.of("EmailAddress: expected an e-mail address, not hashed, trimmed and lower-case");
            }
        }
        return Optional.empty();
    }

    /** Returns the entry of this event in the answer's {@code data}; listrak-api.md, section 3. */
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
