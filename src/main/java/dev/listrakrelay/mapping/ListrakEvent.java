package dev.listrakrelay.mapping;

import java.util.List;

/**
 * One event in Listrak's words.
 *
 * @param identifiers what the contact is known by, one or more, as they stand in the JSON
 * @param customEvent what it is posted to
 * @param json one element of the request's {@code events} array: compact JSON, UTF-8
 */
public record ListrakEvent(List<Identifier> identifiers, CustomEvent customEvent, byte[] json)
        implements MappingResult {

    public ListrakEvent {
        identifiers = List.copyOf(identifiers);
        if (identifiers.isEmpty()) {
            throw new IllegalArgumentException("identifiers: none, expected one or more");
        }
    }

    /** Tells the size only: payloads and addresses stay out of logs. */
    @Override
    public String toString() {
        return "Listrak event (" + json.length + " bytes)";
    }
}
