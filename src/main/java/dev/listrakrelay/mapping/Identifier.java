package dev.listrakrelay.mapping;

/**
 * What Listrak is to find a contact by.
 *
 * @param value as it is sent
 * @param path where in the event it was, or that an earlier one told it
 */
public record Identifier(IdentifierType type, String value, String path) {

    /** Tells the type only: addresses stay out of logs. */
    @Override
    public String toString() {
        return type.key();
    }
}
