package dev.listrakrelay.mapping;

/**
 * One identifier by which Listrak finds a contact.
 *
 * @param value the value as it is sent
 * @param path its path in the event, or a note that an earlier event had it
 */
public record Identifier(IdentifierType type, String value, String path) {

    /** Returns only the type, because addresses must not reach the log. */
    @Override
    public String toString() {
        return type.key();
    }
}
