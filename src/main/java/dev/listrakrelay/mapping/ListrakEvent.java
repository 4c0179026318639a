package dev.listrakrelay.mapping;

import java.util.List;

/**
 * One event in Listrak's format.
 *
 * @param identifiers the contact's identifiers, at least one, in the order of the JSON
 * @param customEvent the custom event that it is posted to
 * @param json one element of the request's {@code events} array: compact JSON, UTF-8
 * @param unknownOutcome what to do with it if the outcome of its request is unknown
 */
public record ListrakEvent(
        List<Identifier> identifiers, CustomEvent customEvent, byte[] json, UnknownOutcome unknownOutcome)
        implements MappingResult {

    public ListrakEvent {
        identifiers = List.copyOf(identifiers);
        if (identifiers.isEmpty()) {
            throw new IllegalArgumentException("identifiers: none, expected one or more");
        }
    }

    /** Returns only the size, because payloads and addresses must not reach the log. */
    @Override
    public String toString() {
        return "Listrak event (" + json.length + " bytes)";
    }
}
