package dev.listrakrelay.mapping;

/**
 * One event in Listrak's words.
 *
 * @param contact the contact's e-mail address, trimmed and lower-cased, as it stands in the identifier
 * @param json one element of the request's {@code events} array: compact JSON, UTF-8
 */
public record ListrakEvent(String contact, byte[] json) implements Mapped {

    /** Tells the size only: payloads and addresses stay out of logs. */
    @Override
    public String toString() {
        return "Listrak event (" + json.length + " bytes)";
    }
}
